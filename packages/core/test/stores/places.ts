import type { ObjectStore, StoreProbe } from '@live-mem/core';
import { createMemoryObjectStore, type MemoryObjectStore, type MemoryObjectStoreOptions } from '@live-mem/core/memory';
import { keysOf } from '../open-memory.ts';

/** A store in memory that says it is elsewhere. */
export function storeAt(location: string, options?: MemoryObjectStoreOptions): MemoryObjectStore {
  return placed(createMemoryObjectStore(options), location);
}

/** The store, as if it were elsewhere. */
export function placed<Store extends ObjectStore>(store: Store, location: string): Store {
  return { ...store, probe: async (): Promise<StoreProbe> => ({ ...(await store.probe()), location }) };
}

/** All texts of a store, by key; undefined for what is none. */
export async function contentsOf(store: ObjectStore): Promise<Record<string, string | undefined>> {
  const keys = (await keysOf(store)).toSorted();
  const answers = await store.getMany(keys);
  return Object.fromEntries(
    keys.map((key, at) => {
      const answer = answers[at];
      return [key, answer && 'body' in answer ? answer.body : undefined];
    }),
  );
}

/** Another store that holds the same. */
export async function cloneOf(store: ObjectStore, location: string): Promise<MemoryObjectStore> {
  const clone = storeAt(location);
  for (const [key, body] of Object.entries(await contentsOf(store))) await clone.put(key, body ?? '');
  return clone;
}

/** One request: what it does, and to which key. */
export interface Asked {
  readonly op: 'get' | 'put' | 'delete' | 'list';
  readonly key: string;
}

/** A store whose requests go through `pass`, each by itself: to be counted, to fail before or after they take effect, to be interrupted. */
export function through(
  store: ObjectStore,
  pass: <Answer>(asked: Asked, request: () => Promise<Answer>) => Promise<Answer>,
): ObjectStore {
  const get: ObjectStore['get'] = (key) => pass({ op: 'get', key }, () => store.get(key));
  return {
    ...store,
    get,
    getMany: (keys) =>
      Promise.all(keys.map((key) => pass({ op: 'get', key }, async () => (await store.getMany([key]))[0]))),
    put: (key, ...more) => pass({ op: 'put', key }, () => store.put(key, ...more)),
    delete: (key) => pass({ op: 'delete', key }, () => store.delete(key)),
    async deleteMany(keys) {
      await Promise.all(keys.map((key) => pass({ op: 'delete', key }, () => store.delete(key))));
    },
    async *list(prefix, options) {
      await pass({ op: 'list', key: prefix }, async () => undefined);
      yield* store.list(prefix, options);
    },
  };
}
