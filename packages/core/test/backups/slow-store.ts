import { setImmediate as others } from 'node:timers/promises';
import type { ObjectStore } from '@live-mem/core';

/** A store whose answers take a while, now shorter, now longer, the same for the same seed. */
export function slowStore(store: ObjectStore, seed: number): ObjectStore {
  let state = seed % 2_147_483_648;
  async function wait(): Promise<void> {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    for (let turns = Math.floor(state / 65_536) % 4; turns > 0; turns--) await others();
  }
  return {
    ...store,
    get: async (key) => (await wait(), store.get(key)),
    getMany: async (keys) => (await wait(), store.getMany(keys)),
    put: async (...put) => (await wait(), store.put(...put)),
    delete: async (key) => (await wait(), store.delete(key)),
    deleteMany: async (keys) => (await wait(), store.deleteMany(keys)),
    copy: async (from, to) => (await wait(), store.copy(from, to)),
    async *list(...listing) {
      await wait();
      yield* store.list(...listing);
    },
  };
}
