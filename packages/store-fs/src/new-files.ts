import type { BigIntStats } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DurableFolders } from './durable-folders.ts';
import { OWN_FOLDER, type OwnFiles } from './own-files.ts';
import { dateNewly, type FileMark } from './versions.ts';

/** Files on their way: written whole beside the objects, then put in their place in one step. */
export interface NewFiles {
  /**
   * @param fill writes the file
   * @param place puts the whole file where it belongs, by `link` or `rename`
   * @returns what marks the file
   */
  write(fill: Fill, place: (path: string) => Promise<void>, replaced?: BigIntStats): Promise<FileMark>;
}

/** Writes a new, empty file, which is open at `handle`. */
export type Fill = (handle: FileHandle, path: string) => Promise<void>;

/** What new files are made with. */
export interface NewFilesParts {
  readonly folder: string;
  readonly ownFiles: OwnFiles;
  readonly folders: DurableFolders;
  readonly durable: boolean;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

/** Writes between two looks for what ended processes left behind. */
const SWEEP_EVERY = 1000;
/** Milliseconds after which a file counts as left behind whose writer cannot be watched from here. */
const PATIENCE = 3_600_000;

/** Writes files that appear whole. */
export function createNewFiles({ folder, ownFiles, folders, durable, now }: NewFilesParts): NewFiles {
  const temporary = join(folder, OWN_FOLDER, 'tmp');
  let writes = 0;

  async function prepare(path: string, fill: Fill, replaced: BigIntStats | undefined): Promise<FileMark> {
    const handle = await open(path, 'wx');
    try {
      await fill(handle, path);
      if (replaced) await handle.chmod(Number(replaced.mode & 0o777n));
      const mark = await dateNewly(handle, replaced, now());
      if (durable) await handle.sync();
      return mark;
    } finally {
      await handle.close();
    }
  }

  return {
    async write(fill, place, replaced) {
      await folders.make(temporary);
      if (writes % SWEEP_EVERY === 0) await ownFiles.living(temporary, PATIENCE);
      writes += 1;
      const path = join(temporary, await ownFiles.newName());
      try {
        const mark = await prepare(path, fill, replaced);
        await place(path);
        return mark;
      } finally {
        await rm(path, { force: true });
      }
    },
  };
}
