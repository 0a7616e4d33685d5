import type { Clock } from '../ports/clock.ts';
import type { Registry } from './registry.ts';

const FRESH_MS = 5_000;

/** What a process remembers of the tokens. */
export interface RegistryCache {
  /** As they were at most 5 seconds ago, counted from when the reading began; whoever asks meanwhile shares it. */
  current(): Promise<Registry>;
  /**
   * A write begins.
   * @param since when the reading began that it rests on, by {@link Clock.monotonic}
   * @returns to be called once it took effect: what was written is what is remembered
   */
  writes(since: number): (written: Registry) => void;
  /** What is remembered may not be so any more: the next to ask reads, also where a reading is under way. */
  forget(): void;
}

/** @param read the registry as it is stored, with the revocations there are */
export function createRegistryCache(clock: Clock, read: () => Promise<Registry>): RegistryCache {
  let known: { readonly registry: Promise<Registry>; readonly since: number } | undefined;
  let [begun, latest] = [0, 0];

  function current(): Promise<Registry> {
    const since = clock.monotonic();
    if (known && since - known.since < FRESH_MS) return known.registry;
    const mine = { registry: read(), since };
    known = mine;
    mine.registry.catch(() => {
      if (known === mine) known = undefined;
    });
    return mine.registry;
  }

  return {
    current,
    writes(since) {
      begun += 1;
      const mine = begun;
      return function tookEffect(written) {
        // Answers may come in another order than the writes took effect, which is the order in which they began.
        if (mine < latest) return;
        latest = mine;
        known = { registry: Promise.resolve(written), since };
      };
    },
    forget() {
      known = undefined;
    },
  };
}
