import { WriteConflictError } from '../errors.ts';
import type { Commit } from './commit.ts';
import { composeCommit, type Draft } from './compose-commit.ts';
import type { OpenSpace, Parts } from './open-space.ts';
import { logPrefix } from './space-keys.ts';

const MAX_ATTEMPTS = 100;

/** What is to be appended, given the head; undefined where there is nothing to append any more. */
export type ProposeEnd = (head: Commit | undefined) => Promise<Draft | undefined>;

/**
 * Makes a commit that begins or ends a life of a space, where {@link change} would find none. Made once whatever answer is lost. Settles
 * nothing. Cost: the head, what `propose` reads, 1 PUT; after a lost race again.
 * @returns the commit, or undefined where `propose` says that there is nothing to do
 */
export async function appendChange(
  parts: Parts,
  space: OpenSpace,
  { op, propose }: { readonly op: string; readonly propose: ProposeEnd },
): Promise<Commit | undefined> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const head = await space.log.head();
    const draft = await propose(head);
    if (!draft) return undefined;
    const mine = composeCommit(draft, { space, head, op, now: await parts.storeTime() });
    const decided = await space.log.append(mine);
    if (decided.op === op) return decided;
  }
  throw new WriteConflictError(logPrefix(space.id));
}
