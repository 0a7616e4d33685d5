import { mapAtMost } from '../concurrency.ts';
import { NewerFormatError, UnreadableObjectError, WriteConflictError } from '../errors.ts';
import type { ReadAnswer } from '../ports/object-store.ts';
import { utf8Length } from '../text.ts';
import { type Commit, decodeCommit, encodeCommit } from './commit.ts';
import type { OpenSpace, Parts } from './open-space.ts';
import { commitKey } from './space-keys.ts';

/** A commit may take 16 MiB. */
const COMMITS_AT_ONCE = 8;
const MAX_ATTEMPTS = 5;

/** Commits `from` to `to`, both included. */
export interface CommitRange {
  readonly from: number;
  readonly to: number;
}

/** What {@link rewriteCommits} did. */
export interface RewrittenCommits {
  readonly rewritten: readonly number[];
  /** Bytes of JSON saved. */
  readonly bytesFreed: number;
  /** Numbers of commits that cannot be read: they stay as they are. */
  readonly unreadable: readonly number[];
}

/**
 * Writes commits anew in their places: the one exception to their never changing, for taking texts out of them. Only what was read is
 * written over. Cost: a GET for each, and a PUT for each that changes; 8 at once, so that memory stays flat.
 * @param rewrite the commit as it should be, or undefined where it is so. May be asked again after a lost race
 */
export async function rewriteCommits(
  parts: Parts,
  space: OpenSpace,
  { from, to }: CommitRange,
  rewrite: (commit: Commit) => Commit | undefined,
): Promise<RewrittenCommits> {
  const rewritten: number[] = [];
  const unreadable: number[] = [];
  let bytesFreed = 0;
  for (let first = Math.max(from, 1); first <= to; first += COMMITS_AT_ONCE) {
    const count = Math.min(COMMITS_AT_ONCE, to - first + 1);
    const numbers = Array.from({ length: count }, (_, at) => first + at);
    const answers = await parts.store.getMany(numbers.map((n) => commitKey(space.id, n)));
    await mapAtMost(numbers, COMMITS_AT_ONCE, async (n) => {
      const saved = await rewriteOne(parts, space, n, answers[n - first], rewrite);
      if (saved === 'unreadable') unreadable.push(n);
      else if (saved !== undefined) {
        rewritten.push(n);
        bytesFreed += saved;
      }
    });
  }
  return { rewritten, bytesFreed, unreadable };
}

/** @returns bytes saved; undefined where it was as it should be */
async function rewriteOne(
  { store }: Parts,
  space: OpenSpace,
  n: number,
  answer: ReadAnswer,
  rewrite: (commit: Commit) => Commit | undefined,
): Promise<number | undefined | 'unreadable'> {
  const key = commitKey(space.id, n);
  for (let [attempt, read] = [1, answer]; ; attempt++) {
    const commit = decodedOrNone(key, read);
    if (!commit || !read || read instanceof UnreadableObjectError) return 'unreadable';
    const after = rewrite(commit);
    if (!after) return undefined;
    const body = encodeCommit(after);
    try {
      await store.put(key, body, { version: read.version });
      space.log.rewritten(after);
      return utf8Length(read.body) - utf8Length(body);
    } catch (error) {
      if (!(error instanceof WriteConflictError) || attempt === MAX_ATTEMPTS) throw error;
      [read] = await store.getMany([key]);
    }
  }
}

function decodedOrNone(key: string, answer: ReadAnswer): Commit | undefined {
  if (!answer || answer instanceof UnreadableObjectError) return undefined;
  try {
    return decodeCommit(key, answer.body);
  } catch (error) {
    // One of a later version is not ours to write anew.
    if (error instanceof UnreadableObjectError || error instanceof NewerFormatError) return undefined;
    throw error;
  }
}
