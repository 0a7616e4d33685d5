import { constants, copyFile, type link } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  checkObjectBody,
  type ObjectKey,
  type ObjectStore,
  type ReadAnswer,
  type StoredObject,
  StoreRefusedError,
  UnreadableObjectError,
  type Version,
  type WriteCondition,
} from '@live-mem/core/store';
import pLimit from 'p-limit';
import { createDurableFolders } from './durable-folders.ts';
import { folderAtFault, readError, storeError } from './failures.ts';
import { createKeyLocks } from './key-locks.ts';
import { listFolder } from './list-folder.ts';
import { createNewFiles } from './new-files.ts';
import { createOwnFiles } from './own-files.ts';
import { createPlaces } from './places.ts';
import { type Abilities, tryAbilities } from './probe.ts';
import { readObject } from './read-file.ts';
import { createObjectWriter } from './write-object.ts';

/** Where the folder is, and how it is written. */
export interface FsObjectStoreSettings {
  /** Where the objects are; made at the first write. Relative to where the process runs. */
  readonly folder: string;
  /** False: a write is not forced to the disk, and a power cut may lose what was acknowledged. For tests; true unless given. */
  readonly durable?: boolean | undefined;
  /** Milliseconds to wait for another process that writes the same object; 10 000 unless given. */
  readonly lockTimeout?: number | undefined;
  /** Milliseconds since the Unix epoch, which files are dated by; the machine's clock unless given. */
  readonly now?: (() => number) | undefined;
}

/** What is said of a folder that cannot be written to, and where nothing could be tried. */
const unable: Abilities = { createIfAbsent: false, compareAndSwap: false };

/** Requests of `getMany` and `deleteMany` under way at once. */
const SIDE_BY_SIDE = 32;

/**
 * Keeps objects as files: `a/b.md` is the file `b.md` in the folder `a`, to be read and edited with any program. Safe for
 * several processes of one machine at once, and for sudden ends of any of them. An editor knows nothing of conditions: what
 * it saves in the very moment of a conditional write is lost, and the window is that of one `rename`.
 */
export function createFsObjectStore(settings: FsObjectStoreSettings): ObjectStore {
  return createStoreWith(settings);
}

/** With another `link`, for file systems that are hard to come by. */
export function createStoreWith(settings: FsObjectStoreSettings, linkFile?: typeof link): ObjectStore {
  const { durable = true, lockTimeout = 10_000, now = Date.now } = settings;
  if (settings.folder === '') throw new StoreRefusedError('no folder named: name the folder that holds the memory');
  const folder = resolve(settings.folder);
  const ownFiles = createOwnFiles();
  const folders = createDurableFolders(folder, durable);
  const places = createPlaces(folder);
  const newFiles = createNewFiles({ folder, ownFiles, folders, durable, now });
  const locks = createKeyLocks({ folder, ownFiles, folders, timeout: lockTimeout });
  const writer = createObjectWriter({ places, newFiles, folders, locks, linkFile });
  let abilities: Abilities | undefined;

  async function inWords<Answer>(doing: string, asked: Promise<Answer>): Promise<Answer> {
    try {
      return await asked;
    } catch (error) {
      throw storeError(error, doing, folder);
    }
  }

  async function get(key: ObjectKey): Promise<StoredObject | undefined> {
    try {
      const { holds, path } = await places.ofKey(key, 'read');
      return holds === 'file' ? await readObject(key, path) : undefined;
    } catch (error) {
      throw readError(error, key, folder);
    }
  }

  async function put(key: ObjectKey, body: string, only?: WriteCondition): Promise<Version> {
    checkObjectBody(body);
    if (only && 'absent' in only) return writer.create(key, (handle) => handle.writeFile(body));
    return writer.replace(key, (handle) => handle.writeFile(body), only?.version);
  }

  async function copy(from: ObjectKey, to: ObjectKey): Promise<Version | undefined> {
    const { holds, path } = await places.ofKey(from);
    await places.ofKey(to);
    if (holds !== 'file') return undefined;
    // The system copies, where it can by sharing the blocks on the disk.
    return writer.replace(to, (_, temporary) => copyFile(path, temporary, constants.COPYFILE_FICLONE));
  }

  const remove = (key: ObjectKey): Promise<void> => inWords('delete', writer.remove(key));
  return {
    get,
    getMany: (keys) => pLimit(SIDE_BY_SIDE).map(keys, (key) => answerOf(get(key))),
    put: (key, body, only) => inWords('write', put(key, body, only)),
    delete: remove,
    async deleteMany(keys) {
      await pLimit(SIDE_BY_SIDE).map(keys, remove);
    },
    copy: (from, to) => inWords('copy', copy(from, to)),
    async *list(prefix, options = {}) {
      try {
        yield* listFolder(folder, places, prefix, options);
      } catch (error) {
        throw storeError(error, 'list', folderAtFault(error, folder));
      }
    },
    async probe() {
      abilities ??= await inWords('try what is possible', tryAbilities({ folder, newFiles, ownFiles, linkFile }));
      return { ...unable, ...abilities, time: now(), serverSideCopy: true, location: folder };
    },
  };
}

async function answerOf(read: Promise<StoredObject | undefined>): Promise<ReadAnswer> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof UnreadableObjectError) return error;
    throw error;
  }
}
