import { z } from 'zod';
import { SpaceNotFoundError } from '../errors.ts';
import { appendChange } from '../log/append-change.ts';
import type { Commit } from '../log/commit.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { rewriteCommits } from '../log/rewrite-commits.ts';
import { metaKey } from '../log/space-keys.ts';
import { stubOf } from '../log/stub.ts';
import { agentName, LIBRARY } from '../notes/note.ts';
import { closeSpace } from '../tokens/space-access.ts';
import { validate } from '../validate.ts';
import { clearSpace } from './clear-space.ts';
import { spaceId } from './space.ts';

/** What {@link DeleteSpace} takes. */
export interface DeleteSpaceInput {
  readonly space: string;
  /** Who asks. */
  readonly actor?: string | undefined;
}

/**
 * Deletes a space for good, or gives up a restore under way: no token names it any more, its log ends, then its objects go. What is left
 * are the numbers of its commits, without texts, so that nothing late can appear in a later space of that id. Backups stay. Ended by a
 * crash, it goes on when it is run again.
 *
 * Cost: the head 3 times, see {@link closeSpace}, 1 PUT, see {@link clearSpace}; then see {@link rewriteCommits}.
 * @returns how many objects went
 * @throws {@link SpaceNotFoundError}
 */
export type DeleteSpace = (input: DeleteSpaceInput) => Promise<{ readonly filesDeleted: number }>;

const inputSchema = z.strictObject({ space: spaceId, actor: agentName.default(LIBRARY) });

/** See {@link DeleteSpace}. */
export function createDeleteSpace(parts: Parts): DeleteSpace {
  return async function deleteSpace(input) {
    const { space: id, actor } = validate(inputSchema, input);
    const space = parts.open(id);
    const ended = await endSpace(parts, space, actor);
    const filesDeleted = await clearSpace(parts, space, ended.commit);
    const range = { from: 1, to: ended.commit.n - 1 };
    const { rewritten, unreadable } = await rewriteCommits(parts, space, range, (commit) =>
      commit.stub ? undefined : stubOf(commit),
    );
    if (unreadable.length > 0)
      parts.logger.warn('damaged commits of a deleted space may still hold texts', { space: id, commits: unreadable });
    // Somebody deleted it before, and finished.
    if (!ended.isMine && filesDeleted + rewritten.length === 0) throw new SpaceNotFoundError(id);
    return { filesDeleted };
  };
}

/** The commit that ended the space; another process may have made it, and died. */
async function endSpace(
  parts: Parts,
  space: OpenSpace,
  actor: string,
): Promise<{ readonly commit: Commit; readonly isMine: boolean }> {
  const head = await space.log.head();
  if (!head && !(await parts.store.get(metaKey(space.id)))) throw new SpaceNotFoundError(space.id);
  if (head?.kind === 'delete_space') return { commit: head, isMine: false };
  // The same id may be another space's by now, and what its creator may enter is no business of ours.
  const isStill = async (): Promise<boolean> => !isOver(head, await space.log.head());
  await closeSpace(parts, space.id, isStill);
  // A space without a log gets one: numbers must never begin again.
  const life = head ? undefined : parts.newId();
  const made = await appendChange(parts, space, {
    op: parts.newId(),
    async propose(now) {
      if (isOver(head, now)) return undefined;
      // What it rests on tells whoever finds a late text of this life that it is no edit by hand.
      const restsOn = Object.keys(now?.bank ?? {});
      return { kind: 'delete_space', actor, docs: new Map(), before: new Map(), restsOn, ...(now ? {} : { life }) };
    },
  });
  const ended = made ?? (await space.log.head());
  if (ended?.kind !== 'delete_space' || isAnotherLife(head, ended)) throw new SpaceNotFoundError(space.id);
  return { commit: ended, isMine: made !== undefined };
}

/** Somebody else deleted the space that was to be deleted. */
function isOver(head: Commit | undefined, now: Commit | undefined): boolean {
  return now?.kind === 'delete_space' || isAnotherLife(head, now);
}

/** Its id means another space now. */
function isAnotherLife(head: Commit | undefined, now: Commit | undefined): boolean {
  return head ? now?.life !== head.life : (now?.past_lives.length ?? 0) > 0;
}
