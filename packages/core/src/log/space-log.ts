import { z } from 'zod';
import { type BoundedCache, createBoundedCache } from '../bounded-cache.ts';
import { NewerFormatError, StoreUnavailableError, UnreadableObjectError, WriteConflictError } from '../errors.ts';
import { jsonOrUndefined } from '../json.ts';
import type { Clock } from '../ports/clock.ts';
import type { ObjectStore, ReadAnswer } from '../ports/object-store.ts';
import { type Commit, decodeCommit, encodeCommit } from './commit.ts';
import { commitKey, hintKey, logPrefix, numberOfCommitKey } from './space-keys.ts';

const CACHED_COMMIT_BYTES = 48 * 1024 * 1024;
const SAME_BYTES_AGAIN = 5;
/** Commits read past the hint before the hint itself is read again. */
const HINT_IS_OLD = 20;

const hintSchema = z.object({ settled: z.number().int().min(0) });

/** The commits of one space, and what this process remembers of them. Commits never change, so what was read stays true. */
export interface SpaceLog {
  /**
   * The newest commit; undefined where the space has no log. Warm: 1 listing, and 1 GET for a new head. Cold: the hint, a
   * listing and the head, one after another.
   */
  head(): Promise<Commit | undefined>;
  /** The head as last read, if that was less than so many milliseconds ago. No request. */
  knownHead(within: number): Commit | undefined;
  /** For how long, in milliseconds, this process has known the newest commit it knows. No request. */
  headAge(): number;
  /**
   * The number up to which the objects are known to show what the log says; see {@link soundHint} for how far to trust it. At most
   * 1 GET, usually none.
   */
  hint(): Promise<number>;
  /** Says that the objects show what the log says, up to `n`. 1 PUT. */
  settled(n: number): Promise<void>;
  /** @throws {@link UnreadableObjectError} there is no such commit, or it is damaged */
  get(n: number): Promise<Commit>;
  /** Commits `from` to `to`, both included; those not remembered side by side. */
  range(from: number, to: number): Promise<readonly Commit[]>;
  /**
   * Makes a commit, or finds that its number is taken. 1 PUT; without a clear answer the same bytes again.
   * @returns the commit that has the number now: this one exactly if their `op` agree
   */
  append(commit: Commit): Promise<Commit>;
  /** Commits as {@link SpaceLog.range} reads them, damaged ones as their errors, newest first. */
  look(from: number, to: number): Promise<readonly (Commit | UnreadableObjectError | NewerFormatError)[]>;
  /** Remembers a commit as it was written anew in its place. No request. */
  rewritten(commit: Commit): void;
}

interface SpaceLogParts {
  readonly store: ObjectStore;
  readonly clock: Clock;
}

/** The log of one space. No request: it need not exist. */
export function createSpaceLog({ store, clock }: SpaceLogParts, space: string): SpaceLog {
  const commits: BoundedCache<number, Commit> = createBoundedCache(CACHED_COMMIT_BYTES, textSize);
  let newest: { readonly commit: Commit; readonly since: number; readonly readAt: number } | undefined;
  let hinted: number | undefined;

  async function readHint(): Promise<number> {
    const [stored] = await store.getMany([hintKey(space)]);
    if (stored === undefined || stored instanceof UnreadableObjectError) return 0;
    const read = hintSchema.safeParse(jsonOrUndefined(stored.body));
    return read.success ? read.data.settled : 0;
  }

  async function hint(): Promise<number> {
    if (hinted === undefined || (newest?.commit.n ?? 0) - hinted > HINT_IS_OLD) {
      hinted = Math.max(hinted ?? 0, await readHint());
    }
    return hinted;
  }

  async function lastNumber(after: number): Promise<{ last: number; first: number } | undefined> {
    let found: { last: number; first: number } | undefined;
    const startAfter = after > 0 ? commitKey(space, after) : undefined;
    for await (const entry of store.list(logPrefix(space), { startAfter })) {
      const n = 'key' in entry ? numberOfCommitKey(entry.key) : undefined;
      if (n !== undefined) found = { first: found?.first ?? n, last: n };
    }
    return found;
  }

  async function newestNumber(): Promise<number | undefined> {
    if (newest) return (await lastNumber(newest.commit.n))?.last ?? newest.commit.n;
    const from = await hint();
    const listed = await lastNumber(from - 1);
    // A hint that points past the log, or into a gap, is wrong: the whole log decides.
    return from > 0 && listed?.first !== from ? (await lastNumber(0))?.last : listed?.last;
  }

  async function head(): Promise<Commit | undefined> {
    const readAt = clock.monotonic();
    const n = await newestNumber();
    if (n === undefined) return undefined;
    const commit = await get(n);
    const known = see(commit, readAt);
    hinted &&= soundHint(hinted, known);
    return known;
  }

  /** Answers may overtake each other: an older head is no news. */
  function see(commit: Commit, readAt: number): Commit {
    const isSame = newest?.commit.n === commit.n;
    if (isSame || !newest || newest.commit.n < commit.n)
      newest = { commit, since: isSame ? (newest?.since ?? readAt) : readAt, readAt };
    return newest.commit;
  }

  async function get(n: number): Promise<Commit> {
    return cached(n) ?? remember(n, await store.get(commitKey(space, n)));
  }

  function cached(n: number): Commit | undefined {
    return newest?.commit.n === n ? newest.commit : commits.get(n);
  }

  function remember(n: number, answer: ReadAnswer): Commit {
    const key = commitKey(space, n);
    if (answer instanceof UnreadableObjectError) throw answer;
    if (answer === undefined) throw new UnreadableObjectError(key, 'it is missing from the log');
    const commit = decodeCommit(key, answer.body);
    if (commit.n !== n) throw new UnreadableObjectError(key, 'it holds another number');
    commits.set(n, commit);
    return commit;
  }

  async function range(from: number, to: number): Promise<readonly Commit[]> {
    const first = Math.max(from, 1);
    const numbers = Array.from({ length: Math.max(0, to - first + 1) }, (_, index) => first + index);
    const unknown = numbers.filter((n) => !cached(n));
    const answers = await store.getMany(unknown.map((n) => commitKey(space, n)));
    const read = new Map(unknown.map((n, index) => [n, remember(n, answers[index])]));
    return numbers.map((n) => read.get(n) ?? cached(n)).filter((commit) => commit !== undefined);
  }

  async function look(from: number, to: number): ReturnType<SpaceLog['look']> {
    const first = Math.max(from, 1);
    const numbers = Array.from({ length: Math.max(0, to - first + 1) }, (_, index) => to - index);
    const unknown = numbers.filter((n) => !cached(n));
    const answers = await store.getMany(unknown.map((n) => commitKey(space, n)));
    const read = new Map(unknown.map((n, index) => [n, rememberOrError(n, answers[index])]));
    return numbers.flatMap((n) => read.get(n) ?? cached(n) ?? []);
  }

  function rememberOrError(n: number, answer: ReadAnswer): Commit | UnreadableObjectError | NewerFormatError {
    try {
      return remember(n, answer);
    } catch (error) {
      if (error instanceof UnreadableObjectError || error instanceof NewerFormatError) return error;
      throw error;
    }
  }

  function rewritten(commit: Commit): void {
    commits.set(commit.n, commit);
    if (newest?.commit.n === commit.n) newest = { ...newest, commit };
  }

  async function append(commit: Commit): Promise<Commit> {
    const decided = await create(commit);
    see(decided, clock.monotonic());
    return decided;
  }

  async function create(commit: Commit): Promise<Commit> {
    const key = commitKey(space, commit.n);
    const body = encodeCommit(commit);
    for (let attempt = 1; ; attempt++) {
      try {
        await store.put(key, body, { absent: true });
        commits.set(commit.n, commit);
        return commit;
      } catch (error) {
        if (error instanceof WriteConflictError) return get(commit.n);
        if (!(error instanceof StoreUnavailableError) || attempt === SAME_BYTES_AGAIN) throw error;
      }
    }
  }

  return {
    head,
    hint,
    get,
    range,
    look,
    append,
    rewritten,
    headAge: () => (newest ? clock.monotonic() - newest.since : 0),
    knownHead: (within) => (newest && clock.monotonic() - newest.readAt <= within ? newest.commit : undefined),
    async settled(n) {
      await store.put(hintKey(space), `${JSON.stringify({ settled: n })}\n`);
      hinted = Math.max(hinted ?? 0, n);
    },
  };
}

/** A hint that points past the log is wrong, and says nothing: then all commits count as not shown yet. */
export function soundHint(hint: number, head: Commit): number {
  return hint > head.n ? 0 : hint;
}

function textSize({ docs, consumed, bank, recent }: Commit): number {
  const texts = [...Object.values(docs).map(({ after }) => after ?? ''), ...consumed.map(({ text }) => text)];
  const names = Object.keys(bank).length + Object.keys(recent).length + consumed.length;
  return texts.reduce((size, text) => size + text.length, names * 200);
}
