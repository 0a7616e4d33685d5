import type { ListedEntry, ListedObject, ObjectStore, StoredObject } from '@live-mem/core';
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
    async copy(from, to) {
      const stored = await get(from);
      return stored && (ask({ op: 'put', key: to, body: stored.body, only: undefined }) as Promise<string>);
    },
    async *list(prefix, { delimiter, ...options } = {}) {
      const listed = (await ask({ op: 'list', prefix, options })) as ListedObject[];
      yield* delimiter === undefined ? listed : grouped(listed, prefix, delimiter);
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

/** As stores roll keys up: for those who list groups, the objects under them are of no interest. */
function grouped(listed: readonly ListedObject[], prefix: string, delimiter: string): ListedEntry[] {
  const groups = new Map<string, ListedEntry>();
  for (const entry of listed) {
    const end = entry.key.indexOf(delimiter, prefix.length);
    const group = end < 0 ? entry.key : entry.key.slice(0, end + delimiter.length);
    groups.set(group, end < 0 ? entry : { prefix: group });
  }
  return [...groups.values()];
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
