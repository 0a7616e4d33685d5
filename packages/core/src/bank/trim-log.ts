import { z } from 'zod';
import { LiveMemoryError } from '../errors.ts';
import type { Commit } from '../log/commit.ts';
import { encodeCommit } from '../log/commit.ts';
import { existingHead } from '../log/existing-head.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { rewriteCommits } from '../log/rewrite-commits.ts';
import { soundHint } from '../log/space-log.ts';
import { stubOf } from '../log/stub.ts';
import { parseInstant } from '../notes/instant.ts';
import { spaceId } from '../spaces/space.ts';
import { utf8Length } from '../text.ts';
import { validate } from '../validate.ts';

const DAY = 86_400_000;
const COMMITS_AT_ONCE = 8;

/** What {@link TrimLog} takes. */
export interface TrimLogInput {
  readonly space: string;
  /** Texts of changes younger than so many days stay; 7, and no less. */
  readonly olderThanDays?: number | undefined;
  /** Say what would be done, and write nothing. */
  readonly dryRun?: boolean | undefined;
}

/** What a trimming did, or would do. */
export interface TrimmedLog {
  /** Numbers of commits that lost their texts. */
  readonly trimmed: readonly number[];
  /** Commits of this life that keep theirs. */
  readonly kept: number;
  readonly bytesFreed: number;
}

/**
 * Takes the texts out of old commits, which then can be seen but neither compared nor undone. What the bank shows, and what undoing a
 * younger change needs, stays. No commit is deleted: its number would be free again.
 *
 * Never trimmed: the head, what the objects do not show yet, what the map of the head names, what a younger change replaced, and what
 * cannot be read. So a reader that is a moment behind, and whoever compares or undoes a younger change, finds all texts. May be broken off
 * anywhere and done again.
 *
 * Cost: the head and the hint, then a GET for each commit of this life, 8 at once; to trim, one more for each from the oldest to the newest
 * that is trimmed, and a PUT for each that is.
 * @throws {@link SpaceNotFoundError}
 */
export type TrimLog = (input: TrimLogInput) => Promise<TrimmedLog>;

const inputSchema = z.strictObject({
  space: spaceId,
  olderThanDays: z.number().int().min(7).max(36_500).default(7),
  dryRun: z.boolean().default(false),
});

/** See {@link TrimLog}. */
export function createTrimLog(parts: Parts): TrimLog {
  return async function trimLog(input) {
    const { space: id, olderThanDays, dryRun } = validate(inputSchema, input);
    const space = parts.open(id);
    const hint = await space.log.hint();
    const head = await existingHead(parts, space);
    if (!head) return { trimmed: [], kept: 0, bytesFreed: 0 };
    const before = (await parts.storeTime()) - olderThanDays * DAY;
    const plan = await planTrim(space, head, { before, settled: soundHint(hint, head) });
    if (dryRun) return { trimmed: plan.old, kept: plan.kept, bytesFreed: plan.bytes };
    const chosen = new Set(plan.old);
    const range = { from: plan.old[0] ?? 1, to: plan.old.at(-1) ?? 0 };
    const { rewritten, bytesFreed } = await rewriteCommits(parts, space, range, (commit) =>
      chosen.has(commit.n) && !commit.stub ? stubOf(commit) : undefined,
    );
    return { trimmed: rewritten.toSorted((a, b) => a - b), kept: plan.kept, bytesFreed };
  };
}

interface Plan {
  readonly old: readonly number[];
  readonly kept: number;
  readonly bytes: number;
}

interface Limits {
  /** Milliseconds since the Unix epoch. */
  readonly before: number;
  /** Up to this commit, all is shown. */
  readonly settled: number;
}

/** Newest first, so that what young commits rest on is known before the old ones are looked at. */
async function planTrim(space: OpenSpace, head: Commit, { before, settled }: Limits): Promise<Plan> {
  // A reader may be a moment behind the head: what the map named lately is named by the young commits as what they replaced.
  const needed = new Set(Object.values(head.bank).map(({ commit }) => commit));
  const old: number[] = [];
  let [kept, bytes] = [0, 0];
  let isThisLife = true;
  for (let last = head.n; last > 0 && isThisLife; last -= COMMITS_AT_ONCE) {
    for (const commit of await space.log.look(last - COMMITS_AT_ONCE + 1, last)) {
      if (commit instanceof LiveMemoryError) continue;
      isThisLife &&= commit.life === head.life;
      if (!isThisLife || commit.stub) continue;
      const isYoung = commit.n === head.n || commit.n > settled || (parseInstant(commit.at) ?? before) >= before;
      if (isYoung) for (const { before: text } of Object.values(commit.docs)) if (text) needed.add(text.commit);
      if (isYoung || needed.has(commit.n)) kept++;
      else {
        old.unshift(commit.n);
        bytes += utf8Length(encodeCommit(commit)) - utf8Length(encodeCommit(stubOf(commit)));
      }
    }
  }
  return { old, kept, bytes };
}
