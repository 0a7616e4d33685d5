import type { ObjectStore } from '@live-mem/core';
import { createStoreWith } from '../../packages/store-ecs/src/ecs-object-store.ts';
import { type Double, type Fault, startDouble } from '../../packages/store-ecs/test/double/start-double.ts';
import { noWait } from '../../packages/store-ecs/test/no-wait.ts';
import { settingsFor } from '../../packages/store-ecs/test/settings-for.ts';
import type { Seeded } from './seeded.ts';

/** A double of ECS that can be made to fail, and a way to reach it. */
export interface FaultyDouble {
  readonly double: Double;
  /** A store of its own, as another process would have it. */
  readonly open: () => ObjectStore;
  /** One that waits for answers as long as a busy machine needs: to judge what is left. */
  readonly openToJudge: () => ObjectStore;
  /** From now on a request fails with this likelihood; one like it that comes after it fails more often. */
  readonly failAt: (rate: number) => void;
  /** Faults so far, by kind. */
  readonly faults: ReadonlyMap<string, number>;
}

const kinds: readonly [Fault, ...Fault[]] = [
  { do: 'answer', status: 500, code: 'InternalError' },
  { do: 'answer', status: 500, code: 'InternalError', afterEffect: true },
  { do: 'answer', status: 502, code: '', bare: true, afterEffect: true },
  { do: 'answer', status: 503, code: 'SlowDown' },
  { do: 'answer', status: 503, code: '', bare: true },
  { do: 'answer', status: 429, code: 'TooManyRequests' },
  { do: 'reset', when: 'before' },
  { do: 'reset', when: 'after' },
  { do: 'cut body' },
  { do: 'truncate listing', entries: 2 },
  { do: 'truncate listing', entries: 1 },
  { do: 'hang' },
  { do: 'slow', milliseconds: 3 },
];

/** Faults of one request often come together: that is what wears out three attempts. */
const AGAIN = 0.7;
/** And mostly of one kind, as a store is that is down: else nearly every write would have its effect at some attempt. */
const SAME = 0.75;
/** An answer that never comes costs real time. */
const HANGS = 3;

/** Starts it; it answers everything until it is told to fail. */
export async function startFaultyDouble(random: Seeded): Promise<FaultyDouble> {
  const double = await startDouble();
  const faults = new Map<string, number>();
  const last = new Map<string, Fault>();
  let [rate, hangs] = [0, 0];
  double.inject(({ operation, url }) => {
    const request = `${operation} ${url}`;
    const before = last.get(request);
    last.delete(request);
    if (random.next() >= (before && rate > 0 ? AGAIN : rate)) return undefined;
    const fault = before && random.next() < SAME ? before : random.pick(kinds);
    if (fault.do === 'hang' && ++hangs > HANGS) return undefined;
    // A page of nothing that goes on at the same place is no answer of S3.
    const isFirstPage = operation === 'LIST objects' && !url.includes('continuation-token');
    if (fault.do === 'truncate listing' && !isFirstPage) return undefined;
    last.set(request, fault);
    faults.set(nameOf(fault), (faults.get(nameOf(fault)) ?? 0) + 1);
    return fault;
  });
  return {
    double,
    open: () => createStoreWith(settingsFor(double, { requestTimeout: 400 }), noWait()),
    openToJudge: () => createStoreWith(settingsFor(double), noWait()),
    faults,
    failAt(next) {
      rate = next;
    },
  };
}

function nameOf(fault: Fault): string {
  if (fault.do === 'answer') return `${fault.status} ${fault.code}${fault.afterEffect ? ' after the effect' : ''}`;
  return fault.do === 'reset' ? `reset ${fault.when} the effect` : fault.do;
}
