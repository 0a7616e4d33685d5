import { NewerFormatError, SpaceNotFoundError, UnreadableObjectError } from '@live-mem/core';
import { counted } from '../ago.ts';
import { type Check, damage, fail, named, warn } from './check.ts';
import { type Examined, isSentinel, namesUnder, readEach } from './examined.ts';

/** What to do about a damaged object of the log: nothing else brings back what it held. */
export const COPY = 'restore this object from a copy of the store (a backup)';

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
  checks.push(...(await unreadableAsStored(examined, numbers)), ...(await unreadableAsCommits(examined, last)));
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

/** As the memory reads them, page by page; of a page that fails, one by one. */
async function unreadableAsCommits(examined: Examined, last: number): Promise<Check[]> {
  const checks: Check[] = [];
  for (let end = last; end > 0; end -= PAGE) {
    const size = Math.min(PAGE, end);
    const failed = await readCommits(examined, end, size);
    if (failed === 'no space') return checks;
    if (failed === undefined) continue;
    for (let n = end; n > end - size; n -= 1) {
      const found = await readCommits(examined, n, 1);
      if (found && found !== 'no space') checks.push(found);
      // Without its newest commit the memory reads no other.
      if (n === last && found) return checks;
    }
  }
  return checks;
}

async function readCommits(
  { memory, space, part }: Examined,
  newest: number,
  count: number,
): Promise<Check | 'no space' | undefined> {
  try {
    await memory.bank.history({ space, cursor: newest + 1, limit: count });
    return undefined;
  } catch (error) {
    // Deleted: its log stays, and nobody reads it.
    if (error instanceof SpaceNotFoundError) return 'no space';
    if (error instanceof UnreadableObjectError) return damage(part, error.message, COPY);
    if (error instanceof NewerFormatError) return fail(part, error.message, 'upgrade live-mem on this machine');
    throw error;
  }
}
