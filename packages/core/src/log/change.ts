import { SpaceNotFoundError, WriteConflictError } from '../errors.ts';
import type { Commit } from './commit.ts';
import { composeCommit, type Draft, refuseTooLarge } from './compose-commit.ts';
import { currentHead } from './current-head.ts';
import type { OpenSpace, Parts } from './open-space.ts';
import { settleQuietly } from './settle.ts';
import { logPrefix } from './space-keys.ts';

/** Every lost race means that another change was made, so many in a row are contention, not a fault. */
const MAX_ATTEMPTS = 100;

/** One change, over all attempts to make it. */
export interface Change {
  /** Drawn once: finds the commit again after a lost answer. */
  readonly op: string;
  /** The life that the caller has seen: in another one nothing is changed. Absent: the one found first. */
  readonly life?: string | undefined;
  /**
   * What to change, given the head; undefined: nothing. Asked again after a lost race where what the draft rests on has moved.
   */
  readonly propose: (head: Commit) => Promise<Draft | undefined>;
}

/**
 * Makes a change: one commit, created if absent, then shown by the objects. Made exactly once whatever answer is lost; never made
 * from documents or notes that meanwhile changed. The change counts as made even where showing it fails: readers read the log.
 *
 * Cost: the head, what `propose` reads, 1 PUT, then {@link settle}; each lost race 1 GET and a listing more.
 * @returns the commit, or undefined where nothing was to be changed
 * @throws {@link SpaceNotFoundError} the space was deleted meanwhile, and perhaps created anew
 * @throws {@link WriteConflictError} others were faster a hundred times
 */
export async function change(
  parts: Parts,
  space: OpenSpace,
  { op, propose, ...seen }: Change,
): Promise<Commit | undefined> {
  let head = await loggedHead(parts, space);
  const { n: from } = head;
  const { life = head.life } = seen;
  if (head.life !== life) throw new SpaceNotFoundError(space.id);
  let draft = await propose(head);
  let proposedAt = head;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS && draft; attempt++) {
    const mine = composeCommit(draft, { space, head, op, now: await parts.storeTime() });
    const decided = await space.inTurn(async () => movedOn(space, mine) ?? space.log.append(mine));
    if (decided.op === op) return settled(parts, space, decided);
    head = await loggedHead(parts, space);
    // The space was deleted, and its name means another one now.
    if (head.life !== life) throw new SpaceNotFoundError(space.id);
    const earlier = (await space.log.range(from + 1, head.n)).find((commit) => commit.op === op);
    if (earlier) return settled(parts, space, earlier);
    if (!(await stillHolds(space, draft, proposedAt, head))) {
      draft = await propose(head);
      proposedAt = head;
    }
  }
  if (draft) throw new WriteConflictError(logPrefix(space.id));
  return undefined;
}

/** The head of a space that has a log: one that has none gets its first commit, `adopt`. */
export async function loggedHead(parts: Parts, space: OpenSpace): Promise<Commit> {
  const { commit, logged } = await currentHead(parts, space);
  if (logged) return commit;
  refuseTooLarge(commit);
  return space.log.append(commit);
}

/** A change of this process that came first, seen without a request. */
function movedOn(space: OpenSpace, mine: Commit): Commit | undefined {
  const newest = space.log.knownHead(Number.POSITIVE_INFINITY);
  return newest && newest.n >= mine.n ? newest : undefined;
}

async function settled(parts: Parts, space: OpenSpace, commit: Commit): Promise<Commit> {
  await settleQuietly(parts, space, commit.n);
  return commit;
}

/** Whether what the draft was made from is as it was, so that it may take a higher number. */
async function stillHolds(space: OpenSpace, draft: Draft, proposedAt: Commit, head: Commit): Promise<boolean> {
  const paths = [...draft.docs.keys(), ...(draft.restsOn ?? [])];
  if (paths.some((path) => proposedAt.bank[path]?.sha256 !== head.bank[path]?.sha256)) return false;
  const passed = await space.log.range(proposedAt.n + 1, head.n);
  const wanted = new Set(draft.consumed?.map(({ key }) => key));
  return passed.every(
    (commit) =>
      commit.consumed.every(({ key }) => !wanted.has(key)) &&
      // Any other undo may have taken back what this one rests on, though no document tells.
      (draft.undoes === undefined || commit.undoes === undefined),
  );
}
