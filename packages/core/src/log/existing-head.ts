import { SpaceNotFoundError } from '../errors.ts';
import type { Commit } from './commit.ts';
import type { OpenSpace, Parts } from './open-space.ts';
import { metaKey } from './space-keys.ts';

const ENDED: readonly string[] = ['delete_space', 'restoring'];

/** Whether a space exists, by the newest commit of its log. */
export function isAlive(head: Commit): boolean {
  return !ENDED.includes(head.kind);
}

/**
 * The head of a space that exists; undefined where it has no log yet, since another program laid it out.
 * Cost: as {@link SpaceLog.head}; without a log 1 GET more.
 * @param knownFor milliseconds that a head read before is good for
 * @throws {@link SpaceNotFoundError}
 */
export async function existingHead({ store }: Parts, space: OpenSpace, knownFor?: number): Promise<Commit | undefined> {
  const known = knownFor === undefined ? undefined : space.log.knownHead(knownFor);
  const head = known ?? (await space.log.head());
  if (head ? !isAlive(head) : !(await store.get(metaKey(space.id)))) throw new SpaceNotFoundError(space.id);
  return head;
}
