import type { Clock } from '../ports/clock.ts';
import type { ObjectStore } from '../ports/object-store.ts';

const ASK_AGAIN = 3_600_000;

/**
 * Time by the store's clock, in milliseconds since the Unix epoch: servers with wrong clocks agree all the same.
 * Asks the store once an hour (1 probe), else counts on from there.
 */
export function createStoreTime(store: ObjectStore, clock: Clock): () => Promise<number> {
  let asked: { readonly time: number; readonly at: number } | undefined;
  return async function storeTime() {
    if (!asked || clock.monotonic() - asked.at > ASK_AGAIN) {
      const { time } = await store.probe();
      asked = { time, at: clock.monotonic() };
    }
    return Math.round(asked.time + clock.monotonic() - asked.at);
  };
}
