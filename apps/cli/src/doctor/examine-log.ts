import { NewerFormatError, SpaceNotFoundError, UnreadableObjectError } from '@live-mem/core';
import { counted } from '../ago.ts';
import { type Check, damage, fail, named, warn } from './check.ts';
import { type Examined, isSentinel, namesUnder, readEach } from './examined.ts';

/** What to do about a damaged object of the log: nothing else brings back what it held. */
export const COPY =
  'restore this object from a copy of the store; or the space, from a backup: live-mem backup restore';

const PAGE = 200;

/** Looks at every commit: the numbers are without a gap, and each can be read. */
export async function examineLog(examined: Examined): Promise<readonly Check[]> {
  const { space, part } = examined;
  const names = await namesUnder(examined, `${space}/_commits/`);
  const numbers = names.filter(isCommit).map((name) => Number(name.slice(0, 10)));
  const last = Math.max(0, ...numbers);
  const there = new Set(numbers);
  const missing = Array.from({ length: last }, (_, at) => at + 1).filter((n) => !there.has(n));
  const others = names.filter((name) => !isCommit(name) && !isSentinel(name));
  const checks = missing.map((n) => damage(part, `a commit is missing from the log: key=${keyOf(space, n)}`, COPY));
  checks.push(...(await unreadableAsStored(examined, numbers)), ...(await unreadableAsCommits(examined)));
  if (others.length > 0)
    checks.push(
      warn(part, `${counted(others.length, 'file')} in _commits/ that nothing reads: ${named(others)}`, ELSEWHERE),
    );
  return checks;
}

const ELSEWHERE = 'keep what does not belong to the memory in another folder';

/** Whether a name is that of a commit. */
export function isCommit(name: string): boolean {
  return /^\d{10}\.json$/.test(name);
}

function keyOf(space: string, n: number): string {
  return `${space}/_commits/${String(n).padStart(10, '0')}.json`;
}

/** Each object by itself: also where the newest is damaged, and the memory reads none. */
async function unreadableAsStored(examined: Examined, numbers: readonly number[]): Promise<Check[]> {
  const { space, part } = examined;
  const checks: Check[] = [];
  const keys = numbers.map((n) => keyOf(space, n));
  await readEach(examined, keys, (key, answer) => {
    if (answer instanceof UnreadableObjectError) checks.push(damage(part, answer.message, COPY));
    else if (answer && !isJson(answer.body))
      checks.push(damage(part, new UnreadableObjectError(key, 'it is no JSON').message, COPY));
  });
  return checks;
}

/** Whether a text is JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** As the memory reads them; those of an earlier life of the id it does not read. */
async function unreadableAsCommits({ memory, space, part }: Examined): Promise<Check[]> {
  const checks: Check[] = [];
  try {
    for (let cursor: number | undefined, more = true; more; more = cursor !== undefined) {
      const page = await memory.bank.history({ space, cursor, limit: PAGE });
      checks.push(...page.unreadable.map(({ reason }) => checkOf(part, reason)));
      cursor = page.nextCursor;
    }
  } catch (error) {
    // Deleted: its log stays, and nobody reads it.
    if (error instanceof SpaceNotFoundError) return checks;
    // Without its newest commit the memory reads no other.
    if (error instanceof UnreadableObjectError || error instanceof NewerFormatError)
      return [...checks, checkOf(part, error.message)];
    throw error;
  }
  return checks;
}

function checkOf(part: string, reason: string): Check {
  if (reason.startsWith('written by a newer version')) return fail(part, reason, 'upgrade live-mem on this machine');
  return damage(part, reason, COPY);
}
