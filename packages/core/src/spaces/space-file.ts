/** One file of a space, whole. */
export interface SpaceFile {
  /** From the space's own folder: `_meta.json`, `_rules.md`, `_synthesis.md`, `bank/progress.md`, `live/….md`. */
  readonly path: string;
  readonly text: string;
}

/** Files of a space, one after another: they are read as they are asked for, so that memory does not grow with the space. */
export interface SpaceFiles {
  readonly files: AsyncIterable<SpaceFile>;
  /** How many there are. */
  readonly filesCount: number;
}

const SPACE_PATH = /^(?:_meta\.json|_rules\.md|_synthesis\.md|bank\/.+\.md|live\/[^/]+\.md)$/;

/**
 * Whether a path is of a file that belongs to a space: what it says, its documents and its notes; not the log, not what servers keep,
 * and nothing that would leave the folder it is unpacked into.
 */
export function isSpacePath(path: string): boolean {
  return SPACE_PATH.test(path) && path.split('/').every((part) => !['', '.', '..'].includes(part));
}
