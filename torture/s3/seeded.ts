/** Numbers that look random and are the same for the same seed. */
export interface Seeded {
  /** From 0, below 1. */
  readonly next: () => number;
  /** One of these. */
  readonly pick: <Item>(items: readonly [Item, ...Item[]]) => Item;
}

/** @see https://en.wikipedia.org/wiki/Linear_congruential_generator with the numbers of Knuth's MMIX */
export function seeded(seed: number): Seeded {
  let state = BigInt(seed) ^ 0x9e3779b97f4a7c15n;
  const next = (): number => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 33n) / 2 ** 31;
  };
  return { next, pick: (items) => items[Math.floor(next() * items.length)] ?? items[0] };
}
