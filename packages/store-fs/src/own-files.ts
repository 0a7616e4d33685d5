import { randomBytes } from 'node:crypto';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unless } from './failures.ts';
import { hasEnded, makerOf, nameOf, ownMark, type ProcessMark } from './process-mark.ts';

/** The folder inside the store's folder that holds what is no object: `tmp` and `locks`. No key leads there. */
export const OWN_FOLDER = '.live-mem';

/** Names files after this process, and knows which files were left behind by others. */
export interface OwnFiles {
  /** A name nobody else draws. */
  newName(): Promise<string>;
  /**
   * Names in `folder` that this or another living process made; the others are removed.
   * @param patience milliseconds after which a file is removed whose maker cannot be watched from here: it ran before the
   *   machine was started last, or runs in another container
   */
  living(folder: string, patience: number): Promise<readonly string[]>;
}

/** Names for the files of this process. */
export function createOwnFiles(): OwnFiles {
  let mark: Promise<ProcessMark> | undefined;
  const own = (): Promise<ProcessMark> => (mark ??= ownMark());

  async function isLeft(path: string, name: string, patience: number): Promise<boolean> {
    const [maker, { place }] = [makerOf(name), await own()];
    if (maker?.place === place) return hasEnded(maker);
    const stat = await unless(['ENOENT'], lstat(path));
    return stat === undefined || Date.now() - stat.mtimeMs > patience;
  }

  return {
    newName: async () => nameOf(await own(), randomBytes(8).toString('hex')),
    async living(folder, patience) {
      const living: string[] = [];
      for (const name of (await unless(['ENOENT'], readdir(folder))) ?? []) {
        const path = join(folder, name);
        if (await isLeft(path, name, patience)) await rm(path, { force: true });
        else living.push(name);
      }
      return living;
    },
  };
}
