import type { BigIntStats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { unless } from './failures.ts';

/** Tells names apart on file systems that take several for one, by case or by Unicode form (macOS, Windows, ext4 `+F`). */
export interface TrueNames {
  /** Whether the entry found under `name` is called just that. `stat` is what was found. */
  readonly isTrueName: (folder: string, name: string, stat: EntryMark) => Promise<boolean>;
}

/** What tells files apart. */
type EntryMark = Pick<BigIntStats, 'ino' | 'dev'>;

/** How entries are found in a file system. */
export interface FolderEntries {
  /** Undefined where there is nothing. */
  readonly lookUp: (path: string) => Promise<EntryMark | undefined>;
  readonly names: (folder: string) => Promise<readonly string[]>;
}

const systemEntries: FolderEntries = {
  lookUp: (path) => unless(['ENOENT', 'ENAMETOOLONG'], lstat(path, { bigint: true })),
  names: (folder) => readdir(folder),
};

/** Folders remembered to tell names apart, at most; then it starts to learn anew. */
const REMEMBERED = 10_000;

/**
 * A folder that takes two names for one shows it: another spelling of the name leads to the same file. Only then are the
 * names in the folder read; where spellings are told apart, that is remembered and nothing more is asked.
 */
export function createTrueNames(entries: FolderEntries = systemEntries): TrueNames {
  const apart = new Set<string>();

  async function folds(folder: string, name: string, found: EntryMark): Promise<boolean> {
    for (const { spelling, shows } of spellings(name)) {
      const lesson = `${shows} ${folder}`;
      if (apart.has(lesson)) continue;
      const other = await entries.lookUp(join(folder, spelling));
      if (other && other.ino === found.ino && other.dev === found.dev) return true;
      if (apart.size >= REMEMBERED) apart.clear();
      if (shows) apart.add(lesson);
    }
    return false;
  }

  return {
    isTrueName: async (folder, name, found) =>
      !(await folds(folder, name, found)) || (await entries.names(folder)).includes(name),
  };
}

/** Another way to write a name; `shows`: what is known of all names in the folder if this one is told apart. */
interface Spelling {
  readonly spelling: string;
  readonly shows?: 'case' | 'form';
}

function spellings(name: string): readonly Spelling[] {
  const all: Spelling[] = [
    { spelling: name.replace(/[a-zA-Z]/g, swapCase), shows: 'case' },
    // Beyond ASCII file systems disagree on what is upper case of what: one letter says nothing of the others.
    ...[name.toUpperCase(), name.toLowerCase()]
      .filter(() => !/^[\0-\x7f]*$/.test(name))
      .map((spelling) => ({ spelling })),
    { spelling: name.normalize('NFD'), shows: 'form' },
    { spelling: name.normalize('NFC'), shows: 'form' },
  ];
  return all.filter(({ spelling }) => spelling !== name);
}

function swapCase(letter: string): string {
  return letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
}
