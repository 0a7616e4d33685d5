import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf, unless } from './failures.ts';

/** Makes folders, and sees to it that a power cut does not take them away with what is in them. */
export interface DurableFolders {
  /** Makes a folder and those above it, where they are not there. */
  make(path: string): Promise<void>;
  /** Writes to the disk which names a folder holds. */
  sync(path: string): Promise<void>;
}

/** Some file systems (network, FUSE) cannot do it for folders, or not for this user; there is nothing better to do there. */
const cannotSync = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EBADF', 'EISDIR', 'EACCES', 'EPERM', 'EROFS'];

/**
 * @param root the store's folder
 * @param durable false: nothing is forced to the disk
 */
export function createDurableFolders(root: string, durable: boolean): DurableFolders {
  /** Folders whose own name is on the disk. A folder found is not: another process may just have made it. */
  const safe = new Set<string>();

  async function sync(path: string): Promise<void> {
    if (durable) await unless(cannotSync, syncFolder(path));
  }

  async function make(path: string): Promise<void> {
    const made = await unless(['ENOENT'], makeOne(path));
    if (made === true && safe.has(path)) return;
    const inside = path.length > root.length;
    if (inside || made === undefined) await make(dirname(path));
    if (made === undefined) await makeOne(path);
    await sync(dirname(path));
    safe.add(path);
  }

  return { make, sync };
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder in a folder that is there; also fine where there is one already. */
export async function makeOne(path: string): Promise<true> {
  try {
    await mkdir(path);
  } catch (error) {
    // EISDIR: `/` on macOS.
    if (codeOf(error) !== 'EEXIST' && codeOf(error) !== 'EISDIR') throw error;
  }
  return true;
}
