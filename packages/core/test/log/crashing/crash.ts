import type { Consolidator, ObjectStore } from '@live-mem/core';
import type { Hands } from '../exploring/actor.ts';
import { createAskingStore, createDirectStore } from '../exploring/asking-store.ts';
import { describeRequest, takeEffect } from '../exploring/requests.ts';
import { memoryOver } from '../exploring/run.ts';
import type { Snapshot } from '../exploring/snapshot.ts';
import { audit, unshown } from '../judging/audit.ts';
import { type Told, toldBy } from '../judging/the-log.ts';

/** A use case during which its process dies, and what its caller does then. */
export interface UseCase {
  readonly name: string;
  readonly base: Snapshot;
  readonly consolidator?: Consolidator;
  readonly does: (hands: Hands) => Promise<unknown>;
  /** In another process, without knowing how far the first one came. */
  readonly again: (hands: Hands) => Promise<unknown>;
  /** @param left what is stored after that. @returns what is wrong */
  readonly judge: (told: Told, again: unknown, left: Snapshot) => string | undefined;
  /** What must hold of what the dead process leaves; {@link audit} unless given. @returns what is wrong */
  readonly early?: (left: Snapshot) => Promise<string | undefined>;
  /** Breaks the store of the process that dies, to show that the tests notice. */
  readonly through?: (store: ObjectStore) => ObjectStore;
}

export interface Crashes {
  /** Requests of the use case; it was ended before and after each of them. */
  readonly requests: number;
  readonly violations: readonly string[];
}

/** Ends the process at every request of the use case: just before it takes effect, and just after. */
export async function crashEverywhere(useCase: UseCase): Promise<Crashes> {
  const { made } = await runUntil(useCase, Number.POSITIVE_INFINITY, 'before');
  const violations: string[] = [];
  for (const point of pointsOf(made.length)) {
    const wrong = await crashAt(useCase, point);
    if (wrong !== undefined) violations.push(wrong);
  }
  return { requests: made.length, violations };
}

/** Crashes in pairs, and how many of them were tried. */
export interface CrashPairs {
  readonly points: number;
  readonly violations: readonly string[];
}

/**
 * Ends the process at every request, then the one that does it again at every request of its own; a third one completes it.
 * @param each tries only each so-many-th pair: there are thousands
 */
export async function crashInPairs(useCase: UseCase, each = 1): Promise<CrashPairs> {
  const { made } = await runUntil(useCase, Number.POSITIVE_INFINITY, 'before');
  const violations: string[] = [];
  let [points, seen] = [0, 0];
  for (const first of pointsOf(made.length)) {
    const half = await runUntil(useCase, first.request, first.side);
    // What the first one completed is refused to the second.
    const does: UseCase['does'] = (hands) => useCase.again(hands).catch(() => undefined);
    const second: UseCase = { ...useCase, base: half.left, does };
    const whole = await runUntil(second, Number.POSITIVE_INFINITY, 'before', 'b');
    for (const then of pointsOf(whole.made.length)) {
      if (seen++ % each !== 0) continue;
      points += 1;
      const wrong = await crashAt(second, then, ['b', 'c']);
      if (wrong !== undefined) violations.push(`after ${half.made.join(', ')}: ${wrong}`);
    }
  }
  return { points, violations };
}

/** Where a process dies: just before a request takes effect, or just after. */
interface Point {
  readonly request: number;
  readonly side: 'before' | 'after';
}

function pointsOf(requests: number): readonly Point[] {
  const sides = ['before', 'after'] as const;
  return Array.from({ length: requests }, (_, at) => sides.map((side) => ({ request: at + 1, side }))).flat();
}

async function crashAt(
  useCase: UseCase,
  { request, side }: Point,
  [dying, next]: readonly [string, string] = ['a', 'b'],
): Promise<string | undefined> {
  const { left, made } = await runUntil(useCase, request, side, dying);
  const { store, now } = createDirectStore(left);
  const at = `${useCase.name}: ended ${side} request ${request}, ${made.at(-1)}`;
  const early = await (useCase.early ?? audit)(left);
  if (early !== undefined) return `${at}: ${early}`;
  const memory = memoryOver(store, next, useCase.consolidator);
  const answer = await useCase.again({ memory, store }).catch((error: unknown) => error);
  await memory.spaces.summary({ space: 'alpha' }).catch((error: unknown) => error);
  const late = useCase.judge(toldBy(now()), answer, now()) ?? unshown(now()) ?? (await audit(now()));
  return late === undefined ? undefined : [`${at}: ${late}`, ...made].join('\n  ');
}

/** What a process leaves that dies at a request, and the requests it made. From then on nothing of it takes effect. */
export async function runUntil(
  { base, does, consolidator, through }: Pick<UseCase, 'base' | 'does' | 'consolidator' | 'through'>,
  last: number,
  side: 'before' | 'after',
  prefix = 'a',
): Promise<{ left: Snapshot; made: string[] }> {
  const made: string[] = [];
  let left = base;
  const { promise: death, resolve: dies } = Promise.withResolvers<void>();
  const bare = createAskingStore(async (request) => {
    if (made.length >= last) return never;
    made.push(describeRequest(request));
    const isLast = made.length === last;
    if (isLast) dies();
    if (isLast && side === 'before') return never;
    const { after, answer } = takeEffect(left, request);
    left = after;
    if (isLast) return never;
    if (answer.error) throw answer.error;
    return answer.value;
  });
  const store = through ? through(bare) : bare;
  await Promise.race([does({ memory: memoryOver(store, prefix, consolidator), store }), death]);
  return { left, made };
}

const never = new Promise<never>(() => undefined);
