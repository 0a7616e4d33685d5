/** All objects of a store at one moment, never changed: what a request makes of it is another one. */
export interface Snapshot {
  /** The same for the same content. */
  readonly id: number;
  readonly objects: ReadonlyMap<string, string>;
}

const ids = new Map<string, Snapshot>();
const bodies = new Map<string, number>();

/** The snapshot of this content: one object for each content there is. */
export function snapshotOf(objects: ReadonlyMap<string, string>): Snapshot {
  const content = [...objects].map(([key, body]) => `${key}=${bodyNumber(body)}`);
  const name = content.toSorted().join('\n');
  const known = ids.get(name);
  if (known) return known;
  const snapshot = { id: ids.size, objects };
  ids.set(name, snapshot);
  return snapshot;
}

/** Equal for equal bodies, as MD5 is on S3: a body that comes back has the version it had before, which is the harder case. */
export function versionOf(body: string): string {
  return `v${bodyNumber(body)}`;
}

function bodyNumber(body: string): number {
  const known = bodies.get(body);
  if (known !== undefined) return known;
  bodies.set(body, bodies.size);
  return bodies.size - 1;
}
