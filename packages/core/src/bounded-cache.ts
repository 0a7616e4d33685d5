/** Remembers what was used last, up to a total size; forgetting only costs another read. */
export interface BoundedCache<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
  delete(key: Key): void;
  clear(): void;
}

/**
 * @param limit greatest sum of sizes kept; a value larger than that is not kept at all
 * @param sizeOf size of one value, in the same unit
 */
export function createBoundedCache<Key, Value>(
  limit: number,
  sizeOf: (value: Value) => number,
): BoundedCache<Key, Value> {
  const entries = new Map<Key, Value>();
  let total = 0;
  function remove(key: Key): void {
    const value = entries.get(key);
    if (value === undefined) return;
    entries.delete(key);
    total -= sizeOf(value);
  }
  return {
    get(key) {
      const value = entries.get(key);
      if (value === undefined) return undefined;
      entries.delete(key);
      entries.set(key, value);
      return value;
    },
    set(key, value) {
      remove(key);
      if (sizeOf(value) > limit) return;
      entries.set(key, value);
      total += sizeOf(value);
      for (const oldest of entries.keys()) {
        if (total <= limit) return;
        remove(oldest);
      }
    },
    delete: remove,
    clear() {
      entries.clear();
      total = 0;
    },
  };
}
