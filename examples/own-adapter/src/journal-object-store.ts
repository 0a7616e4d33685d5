import {
  checkObjectBody,
  checkObjectKey,
  type ObjectStore,
  type StoredObject,
  type Version,
  type WriteCondition,
  WriteConflictError,
} from '@live-mem/core';
import { openJournal } from './journal.ts';
import { type JournalEntry, readEntry } from './journal-entry.ts';
import { listObjects } from './list-objects.ts';

/** An object store in one file, which one process has open. */
export interface JournalObjectStore extends ObjectStore {
  /** Lets another process open the file. Nothing may be asked of this store any more. */
  close(): Promise<void>;
}

/**
 * Keeps all objects in memory, and every change as a line of a file. The file only grows, and memory with what is stored: for small
 * spaces, and to show what an adapter is.
 * @throws {@link StoreRefusedError} another process has the file open, or it is damaged
 */
export async function openJournalObjectStore(file: string): Promise<JournalObjectStore> {
  const journal = await openJournal(file);
  const objects = new Map<string, StoredObject>();
  let written = 0;

  function apply({ key, body, at }: JournalEntry): Version {
    // The number of the line: no two bodies ever share a version, and a file that is opened again has the same ones.
    const version = `${(written += 1)}`;
    if (body === undefined) objects.delete(key);
    else objects.set(key, { body, version, modifiedAt: at });
    return version;
  }
  try {
    journal.lines.map(readEntry).forEach(apply);
  } catch (error) {
    await journal.close();
    throw error;
  }

  // Changes queue up: a condition is looked at and the change made with nothing in between. That is what makes them atomic.
  let queue: Promise<unknown> = Promise.resolve();
  function inTurn<Result>(step: () => Promise<Result>): Promise<Result> {
    const turn = queue.then(step);
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function write(key: string, body: string): Promise<Version> {
    const entry = { key, body, at: Date.now() };
    await journal.append(JSON.stringify(entry));
    return apply(entry);
  }

  async function get(key: string): Promise<StoredObject | undefined> {
    checkObjectKey(key);
    return objects.get(key);
  }

  async function remove(key: string): Promise<void> {
    checkObjectKey(key);
    await inTurn(async () => {
      if (!objects.has(key)) return;
      const entry = { key, at: Date.now() };
      await journal.append(JSON.stringify(entry));
      apply(entry);
    });
  }

  return {
    get,
    getMany: (keys) => Promise.all(keys.map(get)),
    async put(key, body, only) {
      checkObjectKey(key);
      checkObjectBody(body);
      return inTurn(async () => {
        if (only && !holds(only, objects.get(key))) throw new WriteConflictError(key);
        return write(key, body);
      });
    },
    delete: remove,
    async deleteMany(keys) {
      await Promise.all(keys.map(remove));
    },
    async copy(from, to) {
      checkObjectKey(from);
      checkObjectKey(to);
      return inTurn(async () => {
        const object = objects.get(from);
        return object && write(to, object.body);
      });
    },
    async *list(prefix, options = {}) {
      yield* listObjects(objects, prefix, options);
    },
    probe: async () => ({
      time: Date.now(),
      createIfAbsent: true,
      compareAndSwap: true,
      serverSideCopy: false,
      location: file,
    }),
    close: () => inTurn(() => journal.close()),
  };
}

function holds(only: WriteCondition, there: StoredObject | undefined): boolean {
  return 'absent' in only ? there === undefined : there?.version === only.version;
}
