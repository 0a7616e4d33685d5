import { describe, expect, it } from '@jest/globals';
import { createEcsObjectStore, type EcsObjectStoreSettings } from '@live-mem/store-ecs';
import { newBucket } from '../../packages/store-ecs/test/rgw/rgw.ts';
import { ask, workerStarter } from '../../packages/store-fs/test/run-worker.ts';
import type { Done, Task } from './worker.ts';

const PROCESSES = 8;
const EACH = 100;
const ROUNDS = 30;
const key = 'alpha/_meta.json';

describe.each(['dual', 'sigv4'] as const)('eight processes on Ceph RGW, %s', (mode) => {
  it('lose none of a hundred increments each, and count none twice', async () => {
    const settings = await newBucket('counter', mode);
    const store = createEcsObjectStore(settings);
    await store.put(key, JSON.stringify({ value: 0 }));
    const done = await together(settings, () => ({ do: 'count', key, times: EACH }));
    const counted = JSON.parse((await store.get(key))?.body ?? '{}') as { readonly value: number };
    expect(done.reduce((sum, { unclear }) => sum + unclear, 0)).toBe(0);
    // Each value from 1 on was written by one of them, and told to no other.
    expect(done.flatMap(({ won }) => won).toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: PROCESSES * EACH }, (_, n) => `${n + 1}`),
    );
    expect(counted.value).toBe(PROCESSES * EACH);
    expect(done.some(({ conflicts }) => conflicts > 0)).toBe(true);
  }, 240_000);

  it.each([
    ['texts of their own', (n: number) => `claimed by ${n}`],
    ['one text', () => 'claimed'],
  ] as const)(
    'that race to create thirty objects with %s have one winner each',
    async (_, bodyOf) => {
      const settings = await newBucket('claims', mode);
      const keys = Array.from({ length: ROUNDS }, (__, n) => `alpha/_commits/${String(n).padStart(10, '0')}.json`);
      const done = await together(settings, (n) => ({ do: 'claim', keys, body: bodyOf(n) }));
      expect(done.flatMap(({ won }) => won).toSorted()).toEqual(keys);
      expect(done.map(({ won, conflicts, unclear }) => won.length + conflicts + unclear)).toEqual(
        done.map(() => ROUNDS),
      );
      expect(done.every(({ unclear }) => unclear === 0)).toBe(true);
      const store = createEcsObjectStore(settings);
      for (const [n, { won }] of done.entries())
        for (const mine of won) expect((await store.get(mine))?.body).toBe(bodyOf(n));
    },
    120_000,
  );
});

const startWorker = workerStarter(new URL('worker.ts', import.meta.url));

type Part<One> = One extends Task ? Omit<One, 'settings'> : never;

/** Lets all begin at the same moment, when each of them has reached the server. */
async function together(settings: EcsObjectStoreSettings, taskOf: (n: number) => Part<Task>): Promise<readonly Done[]> {
  const workers = await Promise.all(Array.from({ length: PROCESSES }, () => startWorker()));
  await Promise.all(workers.map((worker, n) => ask(worker, { settings, ...taskOf(n) })));
  const outcomes = (await Promise.all(workers.map((worker) => ask(worker, 'go')))) as readonly Outcome[];
  return outcomes.map(({ done, error }) => {
    if (done === undefined) throw new Error(error);
    return done;
  });
}

interface Outcome {
  readonly done?: Done;
  readonly error?: string;
}
