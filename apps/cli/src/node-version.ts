/** The oldest Node that the packages declare. */
const OLDEST = [22, 13] as const;

/** What is wrong with a version of Node, and what to do; undefined where nothing is. Written so that any Node can load it. */
export function nodeFault(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return undefined;
  return `live-mem needs Node ${OLDEST.join('.')} or later, and this is ${version}: install a later one`;
}
