import { WriteConflictError } from '../errors.ts';
import type { Parts } from '../log/open-space.ts';
import type { ObjectKey } from '../ports/object-store.ts';

const MAX_ATTEMPTS = 5;

/**
 * Writes an object anew, over what was read only: one that is deleted meanwhile stays away. One that is no text is left.
 * Cost: 1 GET, and 1 PUT where it changes; after a lost race again.
 * @throws {@link WriteConflictError} others wrote it five times meanwhile
 */
export async function rewriteObject(
  { store }: Parts,
  key: ObjectKey,
  rewrite: (text: string) => string,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const [stored] = await store.getMany([key]);
    if (!stored || !('body' in stored)) return;
    const text = rewrite(stored.body);
    if (text === stored.body) return;
    try {
      await store.put(key, text, { version: stored.version });
      return;
    } catch (error) {
      if (!(error instanceof WriteConflictError) || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}
