import { link, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type ObjectKey, StoreRefusedError, type Version, WriteConflictError } from '@live-mem/core/store';
import type { DurableFolders } from './durable-folders.ts';
import { codeOf } from './failures.ts';
import type { KeyLocks } from './key-locks.ts';
import type { Fill, NewFiles } from './new-files.ts';
import type { Place, Places } from './places.ts';
import { type FileMark, versionOf } from './versions.ts';

/** The ways to change what is stored. */
export interface ObjectWriter {
  /** @throws {@link WriteConflictError} there is something */
  create(key: ObjectKey, fill: Fill): Promise<Version>;
  /**
   * Writes over whatever is there, or only over `version`.
   * @throws {@link WriteConflictError} something else is there than `version`
   */
  replace(key: ObjectKey, fill: Fill, version?: Version): Promise<Version>;
  remove(key: ObjectKey): Promise<void>;
}

/** What objects are written with. */
export interface ObjectWriterParts {
  readonly places: Places;
  readonly newFiles: NewFiles;
  readonly folders: DurableFolders;
  readonly locks: KeyLocks;
  /** `link(2)`: gives a file a second name, unless there is one. */
  readonly linkFile?: typeof link | undefined;
}

/** What `link` says on file systems without hard links. */
export const withoutLinks: readonly string[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/**
 * Creation needs no lock: `link` fails where there is a name. What replaces or removes holds the key's lock, so that a
 * version compared is still there when it is replaced.
 */
export function createObjectWriter({
  places,
  newFiles,
  folders,
  locks,
  linkFile = link,
}: ObjectWriterParts): ObjectWriter {
  async function settle(key: ObjectKey, path: string): Promise<void> {
    await folders.sync(dirname(path));
    if (isAscii(key)) return;
    // A file system that stores names in another Unicode form (HFS+) would list it under another key.
    const { holds } = await places.ofKey(key);
    if (holds !== 'lookalike') return;
    await rm(path);
    throw new StoreRefusedError(`the file system changes this name: use ASCII, or another file system: key=${key}`);
  }

  async function create(key: ObjectKey, fill: Fill): Promise<Version> {
    const place = await places.ofKey(key);
    if (place.holds === 'file') throw new WriteConflictError(key);
    refuseTaken(key, place);
    await folders.make(dirname(place.path));
    const mark = await newFiles.write(fill, (path) => linkAnew(key, path, place.path, linkFile));
    await settle(key, place.path);
    return versionOf(mark);
  }

  async function replaceHeld(
    key: ObjectKey,
    fill: Fill,
    version: Version | undefined,
    stillHeld: () => Promise<void>,
  ): Promise<Version> {
    const place = await places.ofKey(key);
    const { holds, path, stat } = place;
    const found = holds === 'file' && stat ? stat : undefined;
    if (version !== undefined && (!found || versionOf(found) !== version)) throw new WriteConflictError(key);
    refuseTaken(key, place);
    await folders.make(dirname(path));
    const put = async (temporary: string): Promise<void> => {
      await stillHeld();
      await rename(temporary, path);
    };
    const mark: FileMark = await newFiles.write(fill, put, found);
    await settle(key, path);
    return versionOf(mark);
  }

  return {
    create,
    replace: (key, fill, version) => locks.hold(key, (stillHeld) => replaceHeld(key, fill, version, stillHeld)),
    async remove(key) {
      if ((await places.ofKey(key)).holds !== 'file') return;
      await locks.hold(key, async (stillHeld) => {
        const { holds, path } = await places.ofKey(key);
        if (holds !== 'file') return;
        await stillHeld();
        await rm(path, { force: true });
        await folders.sync(dirname(path));
      });
    },
  };
}

async function linkAnew(key: ObjectKey, from: string, to: string, linkFile: typeof link): Promise<void> {
  try {
    await linkFile(from, to);
  } catch (error) {
    const code = codeOf(error) ?? '';
    if (code === 'EEXIST') throw new WriteConflictError(key, { cause: error });
    if (!withoutLinks.includes(code)) throw error;
    const message = 'the file system of the folder has no hard links, so nothing can be created there safely';
    throw new StoreRefusedError(`${message}: choose a folder on another one`, { cause: error });
  }
}

const taken: Readonly<Partial<Record<Place['holds'], string>>> = {
  folder: 'it is a folder',
  'file above': 'a part of it is a file',
  special: 'it is neither a file nor a folder',
  lookalike: 'the file system takes it for another name that is there',
};

function refuseTaken(key: ObjectKey, { holds, path }: Place): void {
  const why = taken[holds];
  if (why !== undefined)
    throw new StoreRefusedError(`a folder cannot hold this key beside what is there: ${why}: key=${key} (${path})`);
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}
