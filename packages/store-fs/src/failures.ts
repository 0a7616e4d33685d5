import { dirname, resolve } from 'node:path';
import {
  LiveMemoryError,
  type ObjectKey,
  StoreRefusedError,
  StoreUnavailableError,
  UnreadableObjectError,
} from '@live-mem/core/store';

/** What a person can do about an error of the operating system that does not pass by itself. */
const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: free some space',
  EDQUOT: 'the disk quota is used up: free some space or raise the quota',
  EFBIG: 'the file would be larger than this process or file system allows: raise the limit (ulimit -f)',
  EROFS: 'the file system is read-only: mount it writable or choose another folder',
  EACCES: 'this user may not do that there: give it read and write access, or choose another folder',
  EPERM: 'this user may not do that there: give it read and write access, or choose another folder',
  ENAMETOOLONG: 'the name is too long for this file system: move the folder closer to the root',
  ENOTDIR: 'a part of its path is a file: choose another folder',
  ENOENT: 'it cannot be created: choose another folder',
  EXDEV: 'a folder inside is on another file system: keep all of it on one',
  ELOOP: 'symbolic links lead round in a circle: remove them',
};

/** It may pass: too many open files, a disk or network file system that stutters. */
const passing = new Set([
  'EMFILE',
  'ENFILE',
  'EIO',
  'EAGAIN',
  'ESTALE',
  'EBUSY',
  'EINTR',
  'ENOMEM',
  'ETIMEDOUT',
  'ETXTBSY',
] as const) as ReadonlySet<string>;

/** Puts what the operating system said into the words of the port; everything else stays what it is. */
export function storeError(error: unknown, doing: string, folder: string): unknown {
  const code = codeOf(error);
  if (code === undefined || error instanceof LiveMemoryError) return error;
  const what = `could not ${doing} in the folder ${folder} (${code})`;
  if (passing.has(code)) return new StoreUnavailableError(`${what}: try again later`, { cause: error });
  return new StoreRefusedError(`${what}: ${remedies[code] ?? 'check the folder and its file system'}`, {
    cause: error,
  });
}

/** What stands between this user and one file, or one folder below the store's: it says nothing of the other objects. */
const barred = new Set(['EACCES', 'EPERM', 'ELOOP'] as const) as ReadonlySet<string>;

/** Whether the operating system lets this user not in. */
export function isBarred(error: unknown): boolean {
  return barred.has(codeOf(error) ?? '');
}

/** As {@link storeError}, for one object: where it alone cannot be read, that is said of its key, and others are read on. */
export function readError(error: unknown, key: ObjectKey, folder: string): unknown {
  if (!isBarred(error)) return storeError(error, 'read', folder);
  const code = codeOf(error) ?? '';
  if (isAboutFile(error)) {
    const isLink = code === 'ELOOP';
    const why = isLink ? 'symbolic links are not followed' : 'this user may not read the file';
    const remedy = isLink ? 'put a file in its place' : 'give this user the right to read it';
    return new UnreadableObjectError(key, `${why} (${code}): ${remedy}`, { cause: error });
  }
  const place = folderAtFault(error, folder);
  if (place === folder) return storeError(error, 'read', folder);
  const why = `this user may not look into the folder ${place} (${code}): give this user the right to read and search it`;
  return new UnreadableObjectError(key, why, { cause: error });
}

/** Said when the file was opened; else of a folder on the way to it. */
function isAboutFile(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error && error.syscall === 'open';
}

/** The folder that an error of the operating system is about: the one that was to be read, else the one it looked into. */
export function folderAtFault(error: unknown, folder: string): string {
  if (codeOf(error) === undefined || typeof error !== 'object' || error === null) return folder;
  if (!('path' in error) || typeof error.path !== 'string' || !error.path.startsWith(`${folder}/`)) return folder;
  return 'syscall' in error && error.syscall === 'scandir' ? resolve(error.path) : dirname(error.path);
}

/** The operating system's name of an error, for instance `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  // Not `instanceof Error`: errors of Node may come from another realm (worker contexts, test frameworks).
  if (typeof error !== 'object' || error === null || !('code' in error) || !('syscall' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The answer, or undefined where the operating system says one of `codes`. */
export async function unless<Answer>(codes: readonly string[], asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (codes.includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}
