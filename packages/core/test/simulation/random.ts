/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** From 0, below 1. */
  readonly next: () => number;
  /** Whether something happens that does so with this likelihood. */
  readonly chance: (likelihood: number) => boolean;
  /** A whole number from 0, below `most`. */
  readonly below: (most: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
}

/** The generator "mulberry32" of Tommy Ettinger, in the public domain: 32 bits of state are enough for a few hundred steps. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (most: number): number => Math.floor(next() * most);
  return {
    next,
    chance: (likelihood) => next() < likelihood,
    below,
    pick(items) {
      const wanted = below(items.length);
      for (const [at, item] of items.entries()) if (at === wanted) return item;
      throw new Error('nothing to pick from');
    },
  };
}
