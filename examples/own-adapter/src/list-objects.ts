import { compareBytes, type ListedEntry, type ListOptions, type StoredObject } from '@live-mem/core';

/** What is listed under a prefix, in byte order; keys with the delimiter behind the prefix are rolled up. */
export function* listObjects(
  objects: ReadonlyMap<string, StoredObject>,
  prefix: string,
  { startAfter = '', delimiter = '', limit = Number.POSITIVE_INFINITY }: ListOptions,
): Generator<ListedEntry> {
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).toSorted(compareBytes);
  let listed = 0;
  let last = startAfter;
  for (const key of keys) {
    if (listed >= limit) return;
    const entry = entryFor(key, objects, prefix, delimiter);
    const name = entry && ('prefix' in entry ? entry.prefix : entry.key);
    // Neither what comes before the start, nor a group again.
    if (!entry || name === undefined || compareBytes(name, last) <= 0) continue;
    yield entry;
    listed += 1;
    last = name;
  }
}

function entryFor(
  key: string,
  objects: ReadonlyMap<string, StoredObject>,
  prefix: string,
  delimiter: string,
): ListedEntry | undefined {
  const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  if (at >= 0) return { prefix: key.slice(0, at + delimiter.length) };
  // A caller may delete while it lists.
  const object = objects.get(key);
  return (
    object && { key, size: Buffer.byteLength(object.body), version: object.version, modifiedAt: object.modifiedAt }
  );
}
