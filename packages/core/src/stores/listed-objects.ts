import type { ObjectKey, ObjectStore, Version } from '../ports/object-store.ts';

/** What a listing says of one object, and is remembered while a store is copied. */
export interface ListedFacts {
  /** Bytes. */
  readonly size: number;
  readonly version: Version;
}

/** What stores and their examinations leave for themselves: each finds out anew what it can do. */
const OF_THE_STORE: readonly string[] = ['_system/abilities/', '_system/doctor/'];

/** All objects of a store that are memory. A listing for every thousand, one after the other; no text is read. */
export async function listObjects(store: ObjectStore): Promise<Map<ObjectKey, ListedFacts>> {
  const objects = new Map<ObjectKey, ListedFacts>();
  for await (const entry of store.list('')) {
    if (!('key' in entry) || OF_THE_STORE.some((prefix) => entry.key.startsWith(prefix))) continue;
    objects.set(entry.key, { size: entry.size, version: entry.version });
  }
  return objects;
}
