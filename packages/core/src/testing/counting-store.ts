import { UnreadableObjectError } from '../errors.ts';
import {
  LIST_PAGE,
  type ListedEntry,
  type ObjectKey,
  type ObjectStore,
  type ReadAnswer,
} from '../ports/object-store.ts';
import { createRounds, type Rounds } from './rounds.ts';

/** What a use case asked of a store. */
export interface StoreCounts {
  readonly requests: number;
  /** Waves of requests: those under way at once count as one. How often somebody waits for the network. */
  readonly roundTrips: number;
  /** Requests by the method that made them; `get` and `delete` also count the keys of `getMany` and `deleteMany`. */
  readonly byOperation: Readonly<Record<string, number>>;
}

/** A store that counts, and what it counted. */
export interface CountingStore {
  readonly store: ObjectStore;
  /** Requests and round trips since the last {@link CountingStore.reset}. */
  readonly counts: () => StoreCounts;
  /** Counts from nothing again. */
  readonly reset: () => void;
}

/** How waves of requests are told apart. */
export interface CountingStoreOptions {
  /**
   * Calls `run` once everybody had time to make the requests that do not wait for an answer: `setImmediate`, or a turn of
   * a simulated network. All requests made before are let through together and count as one round trip.
   */
  readonly flush: (run: () => void) => void;
}

/** Keys that `getMany` and `deleteMany` have under way at once, as a store over HTTP does. */
const SIDE_BY_SIDE = 32;

/** Wraps a store to count requests and round trips: what a use case costs on a network, exact on any machine. */
export function createCountingStore(inner: ObjectStore, { flush }: CountingStoreOptions): CountingStore {
  let byOperation: Record<string, number> = {};
  const rounds = createRounds(flush);

  async function ask<Answer>(operation: string, request: () => Promise<Answer>): Promise<Answer> {
    byOperation[operation] = (byOperation[operation] ?? 0) + 1;
    await rounds.next();
    return request();
  }

  async function getOne(key: ObjectKey): Promise<ReadAnswer> {
    try {
      return await ask('get', () => inner.get(key));
    } catch (error) {
      if (error instanceof UnreadableObjectError) return error;
      throw error;
    }
  }

  const store: ObjectStore = {
    get: (key) => ask('get', () => inner.get(key)),
    getMany: (keys) => sideBySide(keys, getOne),
    put: (key, body, only) => ask('put', () => inner.put(key, body, only)),
    delete: (key) => ask('delete', () => inner.delete(key)),
    async deleteMany(keys) {
      await sideBySide(keys, (key) => ask('delete', () => inner.delete(key)));
    },
    copy: (from, to) => ask('copy', () => inner.copy(from, to)),
    list: (prefix, options) => byPage(inner.list(prefix, options), (request) => ask('list', request)),
    probe: () => ask('probe', () => inner.probe()),
  };
  function reset(): void {
    byOperation = {};
    rounds.reset();
  }
  return { store, counts: () => countsOf(byOperation, rounds), reset };
}

function countsOf(byOperation: Readonly<Record<string, number>>, rounds: Rounds): StoreCounts {
  const requests = Object.values(byOperation).reduce((sum, count) => sum + count, 0);
  return { requests, roundTrips: rounds.count(), byOperation: { ...byOperation } };
}

async function sideBySide<Answer>(
  keys: readonly ObjectKey[],
  request: (key: ObjectKey) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const waiting = keys.entries();
  async function work(): Promise<void> {
    for (const [at, key] of waiting) answers[at] = await request(key);
  }
  await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, keys.length) }, work));
  return answers;
}

/** The first entry of every page costs a request; so does the answer that there is none at all. */
async function* byPage(
  entries: AsyncIterable<ListedEntry>,
  ask: <Answer>(request: () => Promise<Answer>) => Promise<Answer>,
): AsyncGenerator<ListedEntry> {
  const iterator = entries[Symbol.asyncIterator]();
  try {
    let next = await ask(() => iterator.next());
    for (let seen = 1; next.done !== true; seen += 1) {
      yield next.value;
      next = await iterator.next();
      // A full page that is the last one says so: only a page with something in it was asked for.
      if (seen % LIST_PAGE === 0 && next.done !== true) await ask(() => Promise.resolve());
    }
  } finally {
    await iterator.return?.();
  }
}
