import type { ObjectKey } from '../ports/object-store.ts';
import type { ListedFacts } from './listed-objects.ts';

const OBJECTS = 1_000;
const BYTES = 64 * 1024 * 1024;

/** Keys in batches whose bodies fit the memory together: commits may have megabytes each, and 32 of them are read at once. */
export function* sizeBatches(
  keys: readonly ObjectKey[],
  listed: ReadonlyMap<ObjectKey, ListedFacts>,
): Generator<readonly ObjectKey[]> {
  let [batch, bytes]: [ObjectKey[], number] = [[], 0];
  for (const key of keys) {
    const { size = 0 } = listed.get(key) ?? {};
    if (batch.length === OBJECTS || (batch.length > 0 && bytes + size > BYTES)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(key);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
