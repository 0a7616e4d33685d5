import { describe, expect, it } from '@jest/globals';
import { copyStore, createLiveMemory, LiveMemoryError, type ObjectStore, StoreUnavailableError } from '@live-mem/core';
import type { MemoryObjectStore } from '@live-mem/core/memory';
import { appendingConsolidator, openMemory } from '../open-memory.ts';
import { type Asked, cloneOf, contentsOf, storeAt, through } from './places.ts';

/** Two stores that share their fate: from the nth request on, none is answered; that one may still take effect. */
function failing(stores: readonly ObjectStore[], last: number, side: 'before' | 'after') {
  let made = 0;
  const puts: string[] = [];
  const pass = async <Answer>({ op, key }: Asked, request: () => Promise<Answer>): Promise<Answer> => {
    made += 1;
    const fails = made >= last;
    if (fails && (made > last || side === 'before')) throw new StoreUnavailableError('no answer');
    const answer = await request();
    if (op === 'put') puts.push(key);
    if (fails) throw new StoreUnavailableError('no answer');
    return answer;
  };
  return { stores: stores.map((store) => through(store, pass)), count: () => made, puts };
}

async function source(): Promise<MemoryObjectStore> {
  const test = await openMemory();
  await test.memory.bank.write({ space: 'alpha', filename: 'x.md', content: 'x\n' });
  await test.note('consumed');
  await test.consolidate();
  await test.note('live');
  await test.memory.backups.create({ space: 'alpha' });
  await test.memory.tokens.create({ name: 'one', permissions: ['write'], spaces: ['alpha'] });
  return test.store;
}

/** What an agent sees of the space, or the code of the error it gets. Looks at a copy: looking may change something. */
async function seenAt(store: ObjectStore): Promise<unknown> {
  const memory = createLiveMemory({ store: await cloneOf(store, 'clone'), consolidator: appendingConsolidator });
  try {
    const { documents, rules, synthesis, live } = await memory.spaces.summary({ space: 'alpha' });
    const { notes } = await memory.notes.read({ space: 'alpha' });
    return { documents, rules, synthesis, live, notes };
  } catch (error) {
    if (error instanceof LiveMemoryError) return error.code;
    throw error;
  }
}

async function expectNoHalfBackup(store: ObjectStore): Promise<void> {
  const memory = createLiveMemory({ store, consolidator: appendingConsolidator });
  const { backups } = await memory.backups.list();
  for (const { backup, complete } of backups.filter((one) => one.complete))
    expect({ complete, ...(await memory.backups.verify({ backup })) }).toMatchObject({ ok: true, verifiable: true });
}

describe('a copy that is broken off', () => {
  it.each(['before', 'after'] as const)(
    'at any request (%s it took effect) never passes for whole, and is finished by running it again',
    async (side) => {
      const from = await source();
      const whole = await contentsOf(from);
      const [seen, seenCodes] = [await seenAt(from), new Set<unknown>()];
      let broken = 0;
      for (let last = 1; ; last++) {
        const to = storeAt('there');
        const first = failing([from, to], last, side);
        const [a, b] = first.stores as [ObjectStore, ObjectStore];
        const ended = await copyStore({ from: a, to: b }).catch((error: unknown) => error);
        if (!(ended instanceof Error)) break;
        broken += 1;
        expect(ended).toMatchObject({ code: 'STORE_UNAVAILABLE' });
        const now = await seenAt(to);
        seenCodes.add(typeof now === 'string' ? now : 'all');
        expect([seen, expect.stringMatching(/^[A-Z_]+$/)]).toContainEqual(now);
        await expectNoHalfBackup(to);
        const there = Object.keys(await contentsOf(to));
        const again = failing([from, to], Number.POSITIVE_INFINITY, side);
        const [c, d] = again.stores as [ObjectStore, ObjectStore];
        expect(await copyStore({ from: c, to: d })).toMatchObject({ complete: true, alreadyThere: there.length });
        expect(again.puts.filter((key) => there.includes(key))).toEqual([]);
        expect(await contentsOf(to)).toEqual(whole);
      }
      expect(broken).toBeGreaterThan(50);
      expect(seenCodes).toEqual(new Set(['SPACE_NOT_FOUND', 'UNREADABLE_OBJECT', 'all']));
    },
    60_000,
  );

  it('by its signal writes no more, and goes on later', async () => {
    const from = await source();
    const to = storeAt('there');
    const interruption = new AbortController();
    const onProgress = ({ done }: { readonly done: number }): void => {
      if (done === 3) interruption.abort();
    };
    const cancelled = copyStore({ from, to, signal: interruption.signal, onProgress });
    await expect(cancelled).rejects.toMatchObject({
      code: 'CANCELLED',
      message: expect.stringContaining('run it again'),
    });
    const there = Object.keys(await contentsOf(to)).length;
    expect(there).toBeGreaterThanOrEqual(3);
    expect(there).toBeLessThan(Object.keys(await contentsOf(from)).length);
    await expect(copyStore({ from, to, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await copyStore({ from, to })).toMatchObject({ complete: true });
    expect(await contentsOf(to)).toEqual(await contentsOf(from));
  });

  it('while it overwrites is finished by running it again', async () => {
    const from = await source();
    const whole = await contentsOf(from);
    for (let last = 1; ; last++) {
      const to = storeAt('there');
      for (const key of ['alpha/_rules.md', 'beta/_meta.json', 'beta/live/a.md']) await to.put(key, 'other');
      const [a, b] = failing([from, to], last, 'after').stores as [ObjectStore, ObjectStore];
      const ended = await copyStore({ from: a, to: b, overwrite: true }).catch((error: unknown) => error);
      await copyStore({ from, to, overwrite: true });
      expect(await contentsOf(to)).toEqual(whole);
      if (!(ended instanceof Error)) break;
    }
  });
});
