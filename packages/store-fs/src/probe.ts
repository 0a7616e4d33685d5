import { link, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unless } from './failures.ts';
import type { NewFiles } from './new-files.ts';
import { OWN_FOLDER, type OwnFiles } from './own-files.ts';
import { withoutLinks } from './write-object.ts';

/** What a file system was found to do. */
export interface Abilities {
  readonly createIfAbsent: boolean;
  readonly compareAndSwap: boolean;
}

/** What abilities are tried with. */
export interface ProbeParts {
  readonly folder: string;
  readonly newFiles: NewFiles;
  readonly ownFiles: OwnFiles;
  readonly linkFile?: typeof link | undefined;
}

const RACERS = 8;

/**
 * Lets eight files race for one name: with hard links exactly one gets it.
 * @returns undefined where the folder cannot be written to: nothing was tried
 */
export async function tryAbilities(parts: ProbeParts): Promise<Abilities | undefined> {
  return unless(['EROFS', 'EACCES', 'EPERM'], race(parts));
}

async function race({ folder, newFiles, ownFiles, linkFile = link }: ProbeParts): Promise<Abilities> {
  const name = join(folder, OWN_FOLDER, 'tmp', await ownFiles.newName());
  const run = async (): Promise<boolean> => {
    let won: true | undefined;
    const place = async (path: string): Promise<void> => {
      won = await unless(
        ['EEXIST', ...withoutLinks],
        linkFile(path, name).then(() => true as const),
      );
    };
    await newFiles.write(async () => undefined, place);
    return won === true;
  };
  try {
    const won = await Promise.all(Array.from({ length: RACERS }, run));
    return { createIfAbsent: won.filter(Boolean).length === 1, compareAndSwap: true };
  } finally {
    await rm(name, { force: true });
  }
}
