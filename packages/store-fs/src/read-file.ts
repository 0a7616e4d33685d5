import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { type ObjectKey, type StoredObject, StoreUnavailableError, UnreadableObjectError } from '@live-mem/core/store';
import { unless } from './failures.ts';
import { modifiedAt, versionOf } from './versions.ts';

/** Attempts to read a file that an editor keeps writing to. */
const ATTEMPTS = 10;

/**
 * Reads a file whole. Ours never change once they are in place; an editor may write into one while it is read, and then the
 * version would belong to another text: so the file is looked at before and after.
 */
export async function readObject(key: ObjectKey, path: string): Promise<StoredObject | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const read = await readOnce(path);
    if (read === undefined) return undefined;
    if (read !== 'changed') return { ...read.mark, body: decode(key, read.bytes) };
  }
  throw new StoreUnavailableError(`the file changes all the time: try again later: key=${key}`);
}

async function readOnce(path: string) {
  // Not over a link, and without waiting for the other end should it be a pipe.
  const handle = await unless(['ENOENT'], open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK));
  if (!handle) return undefined;
  try {
    const before = await handle.stat({ bigint: true });
    if (!before.isFile()) return undefined;
    const bytes = await handle.readFile();
    const after = await handle.stat({ bigint: true });
    const version = versionOf(after);
    if (versionOf(before) !== version || BigInt(bytes.length) !== after.size) return 'changed';
    return { bytes, mark: { version, modifiedAt: modifiedAt(after) } };
  } finally {
    await handle.close();
  }
}

function decode(key: ObjectKey, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new UnreadableObjectError(key, 'not UTF-8', { cause: error });
  }
}
