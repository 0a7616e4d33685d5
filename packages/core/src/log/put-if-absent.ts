import { WriteConflictError } from '../errors.ts';
import type { ObjectKey, ObjectStore } from '../ports/object-store.ts';

/** Writes what is to be written once, by whoever comes first. 1 PUT. @returns whether this call wrote it */
export async function putIfAbsent(store: ObjectStore, key: ObjectKey, text: string): Promise<boolean> {
  try {
    await store.put(key, text, { absent: true });
    return true;
  } catch (error) {
    if (error instanceof WriteConflictError) return false;
    throw error;
  }
}
