import type { ObjectStore } from '@live-mem/core';

/** One request of a process: what it does, and to which key. */
export interface Asked {
  readonly op: 'get' | 'put' | 'delete' | 'copy';
  readonly key: string;
}

/** A store over which somebody else does something once, right before the first request that is meant. */
export function interruptedStore(
  store: ObjectStore,
  isMeant: (asked: Asked) => boolean,
  does: () => Promise<unknown>,
): ObjectStore {
  let isDone = false;
  async function before(op: Asked['op'], ...keys: readonly string[]): Promise<void> {
    if (isDone || !keys.some((key) => isMeant({ op, key }))) return;
    isDone = true;
    await does();
  }
  return {
    ...store,
    get: async (key) => (await before('get', key), store.get(key)),
    getMany: async (keys) => (await before('get', ...keys), store.getMany(keys)),
    put: async (key, ...more) => (await before('put', key), store.put(key, ...more)),
    delete: async (key) => (await before('delete', key), store.delete(key)),
    deleteMany: async (keys) => (await before('delete', ...keys), store.deleteMany(keys)),
    copy: async (from, to) => (await before('copy', to), store.copy(from, to)),
  };
}
