import type { ListedEntry, ObjectStore, StoredObject } from '@live-mem/core';
import { type Request, STORE_TIME, takeEffect } from './requests.ts';
import { type Snapshot, snapshotOf } from './snapshot.ts';

/** Answers one request, now or later. */
export type Ask = (request: Request) => Promise<unknown>;

/** A store of which each request, be it one of many, is asked by itself. Its time stands still, so a probe is no step. */
export function createAskingStore(ask: Ask): ObjectStore {
  const get = (key: string) => ask({ op: 'get', key }) as Promise<StoredObject | undefined>;
  const remove = async (key: string): Promise<void> => void (await ask({ op: 'delete', key }));
  return {
    get,
    getMany: (keys) => Promise.all(keys.map(get)),
    put: (key, body, only) => ask({ op: 'put', key, body, only }) as Promise<string>,
    delete: remove,
    async deleteMany(keys) {
      await Promise.all(keys.map(remove));
    },
    copy: () => Promise.reject(new Error('nothing is copied here')),
    async *list(prefix, options = {}) {
      yield* (await ask({ op: 'list', prefix, options })) as ListedEntry[];
    },
    probe: async () => ({
      time: STORE_TIME,
      createIfAbsent: true,
      compareAndSwap: true,
      serverSideCopy: true,
      location: 'explorer',
    }),
  };
}

/** A store that answers at once. */
export interface DirectStore {
  readonly store: ObjectStore;
  readonly now: () => Snapshot;
}

/** A store of its own, beginning with what the snapshot holds. */
export function createDirectStore(from: Snapshot = snapshotOf(new Map())): DirectStore {
  let current = from;
  const store = createAskingStore(async (request) => {
    const { after, answer } = takeEffect(current, request);
    current = after;
    if (answer.error) throw answer.error;
    return answer.value;
  });
  return { store, now: () => current };
}
