import type { ObjectKey } from '../ports/object-store.ts';

/**
 * Where a document of a space is, from the space's own folder: `bank/progress.md`, `_synthesis.md`, `_rules.md`.
 * The log names documents so.
 */
export type DocumentPath = string;

/** The synthesis. */
export const SYNTHESIS: DocumentPath = '_synthesis.md';
/** The rules. */
export const RULES: DocumentPath = '_rules.md';
const BANK = 'bank/';

/** Where a document is stored. */
export function documentKey(space: string, path: DocumentPath): ObjectKey {
  return `${space}/${path}`;
}

/** What keys of documents begin with. */
export function bankPrefix(space: string): string {
  return `${space}/${BANK}`;
}

/** The path of a document whose name inside the bank is given. */
export function pathOfFilename(filename: string): DocumentPath {
  return BANK + filename;
}

/** The name inside the bank; undefined for the synthesis and the rules. */
export function filenameOfPath(path: DocumentPath): string | undefined {
  return path.startsWith(BANK) ? path.slice(BANK.length) : undefined;
}

/** How people name a document: its name inside the bank; the synthesis and the rules as they are stored. */
export function nameOf(path: DocumentPath): string {
  return filenameOfPath(path) ?? path;
}

/** The path of what {@link nameOf} names. */
export function pathOfName(name: string): DocumentPath {
  return name === SYNTHESIS || name === RULES ? name : pathOfFilename(name);
}

/** Whether an object under `bank/` is a document; sentinels such as `.keep` and other kinds of file are not. */
export function isDocumentKey(key: ObjectKey): boolean {
  return key.endsWith('.md');
}

/** What is said of the space to people and other programs. */
export function metaKey(space: string): ObjectKey {
  return `${space}/_meta.json`;
}

/** Up to which commit the objects show the log. */
export function hintKey(space: string): ObjectKey {
  return `${space}/_head.json`;
}

/** What a request id wrote. */
export function requestKey(space: string, hash: string): ObjectKey {
  return `${requestPrefix(space)}${hash}.json`;
}

/** What keys of {@link requestKey} begin with. */
export function requestPrefix(space: string): string {
  return `${space}/_requests/`;
}

/** What keys of commits begin with. */
export function logPrefix(space: string): string {
  return `${space}/_commits/`;
}

/** Ten digits, so that keys sort as numbers do. */
export function commitKey(space: string, n: number): ObjectKey {
  return `${logPrefix(space)}${String(n).padStart(10, '0')}.json`;
}

/** The number in a commit's key; undefined for whatever else lies there. */
export function numberOfCommitKey(key: ObjectKey): number | undefined {
  const [, digits] = /\/_commits\/(\d{10})\.json$/.exec(key) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
