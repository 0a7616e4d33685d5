import { compareBytes } from '../ports/byte-order.ts';

/** Keys in byte order: what a listing walks. */
export interface SortedKeys {
  add(key: string): void;
  remove(key: string): void;
  /** The first keys after `after` that start with `prefix`, in order; asked for one by one, before any change. */
  from(prefix: string, after: string): Iterable<string>;
}

/** An array kept in order: fast enough for the sizes tests have. */
export function createSortedKeys(): SortedKeys {
  const keys: string[] = [];
  return {
    add(key) {
      const at = firstNotBelow(keys, key);
      if (keys[at] !== key) keys.splice(at, 0, key);
    },
    remove(key) {
      const at = firstNotBelow(keys, key);
      if (keys[at] === key) keys.splice(at, 1);
    },
    *from(prefix, after) {
      const start = compareBytes(prefix, after) > 0 ? prefix : after;
      for (let at = firstNotBelow(keys, start); at < keys.length; at += 1) {
        const key = keys[at] ?? '';
        if (key === after) continue;
        if (!key.startsWith(prefix)) return;
        yield key;
      }
    },
  };
}

function firstNotBelow(keys: readonly string[], wanted: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareBytes(keys[middle] ?? '', wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
