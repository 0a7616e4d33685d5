const NAME = /(?<![\p{L}\p{N}./\\_~-])[\p{L}\p{N}./_~\\-]*[\p{L}\p{N}_-]\.md(?![\p{L}\p{N}_/\\-])/giu;
const QUOTED = /[`*"“«]+\s?([^`*"“”«»|\n]{1,200}?\.md)\s?[`*"”»]+/giu;
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060-\u2064\uFEFF]/g;

/** A document's name as a text mentions it, and where. */
export interface Mention {
  readonly filename: string;
  readonly index: number;
  readonly length: number;
}

/** The documents that a line of the rules names, in their order. Paths that leave the bank are not names of documents. */
export function mentionedDocuments(line: string): Mention[] {
  const quoted = [...line.matchAll(QUOTED)].map((match) => mention(match, match[1] ?? ''));
  const inQuotes = (index: number) => quoted.some((span) => index >= span.index && index < span.index + span.length);
  const bare = [...line.matchAll(NAME)]
    .filter(({ index }) => !inQuotes(index))
    .map((match) => mention(match, match[0]));
  return [...quoted, ...bare]
    .filter(({ filename }) => isBankPath(filename))
    .toSorted((one, other) => one.index - other.index);
}

function mention(match: RegExpExecArray, name: string): Mention {
  const filename = name
    .replace(INVISIBLE, '')
    .trim()
    .replace(/^(?:\.\/)?(?:(?:memory[-_]?)?bank\/)?/i, '');
  return { filename, index: match.index, length: match[0].length };
}

/** Shorter than core allows; hidden files are none of ours. */
function isBankPath(path: string): boolean {
  return path.length <= 160 && path.endsWith('.md') && !/[\\:*?"<>|\p{C}]/u.test(path) && path.split('/').every(isStep);
}

function isStep(step: string): boolean {
  return step.length <= 80 && /^[^.\s]/.test(step) && !/\s$/.test(step);
}
