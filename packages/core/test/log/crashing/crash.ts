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
  const whole = await runUntil(useCase, Number.POSITIVE_INFINITY, 'before');
  const violations: string[] = [];
  for (let request = 1; request <= whole.made.length; request++) {
    for (const side of ['before', 'after'] as const) {
      const wrong = await crashAt(useCase, request, side);
      if (wrong !== undefined) violations.push(wrong);
    }
  }
  return { requests: whole.made.length, violations };
}

async function crashAt(useCase: UseCase, request: number, side: 'before' | 'after'): Promise<string | undefined> {
  const { left, made } = await runUntil(useCase, request, side);
  const { store, now } = createDirectStore(left);
  const at = `${useCase.name}: ended ${side} request ${request}, ${made.at(-1)}`;
  const early = await (useCase.early ?? audit)(left);
  if (early !== undefined) return `${at}: ${early}`;
  const memory = memoryOver(store, 'b', useCase.consolidator);
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
  await Promise.race([does({ memory: memoryOver(store, 'a', consolidator), store }), death]);
  return { left, made };
}

const never = new Promise<never>(() => undefined);
