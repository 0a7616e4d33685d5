import { describe, expect, it } from '@jest/globals';
import { InvalidInputError } from '@live-mem/core';
import { openMemory, type TestMemory } from '../open-memory.ts';

const DAY = 86_400_000;

/** `alpha` with 5 notes, `beta` with 6, `gamma` with none; all written at once. */
async function threeSpaces(): Promise<TestMemory> {
  const test = await openMemory();
  for (const space of ['beta', 'gamma']) await test.memory.spaces.create({ space });
  for (let n = 0; n < 5; n++) await test.note(`${n}`);
  for (let n = 0; n < 6; n++) await test.note(`${n}`, { space: 'beta' });
  return test;
}

describe('spaces whose notes wait', () => {
  it('are told from 5 notes and 5 days on, the most notes first', async () => {
    const test = await threeSpaces();
    test.clock.advance(5 * DAY - 1_000);
    expect(await test.memory.spaces.stale()).toEqual({
      stale: [],
      scanned: ['alpha', 'beta', 'gamma'],
      unreadable: [],
    });
    // The names of notes, which are all that is looked at, hold whole seconds.
    test.clock.advance(1_000);
    const { stale } = await test.memory.spaces.stale();
    expect(stale).toMatchObject([
      { space: 'beta', notes: 6, ageDays: 5 },
      { space: 'alpha', notes: 5, ageDays: 5 },
    ]);
    expect(stale[0]?.oldest).toBe((await test.memory.spaces.info({ space: 'beta' })).live.oldest);
  });

  it('are told by other limits, also of less than a day', async () => {
    const test = await threeSpaces();
    test.clock.advance(DAY / 2);
    const names = async (limits: { minNotes?: number; minAgeDays?: number }) =>
      (await test.memory.spaces.stale(limits)).stale.map(({ space }) => space);
    expect(await names({ minAgeDays: 0.5 })).toEqual(['beta', 'alpha']);
    expect(await names({ minAgeDays: 0.6 })).toEqual([]);
    expect(await names({ minAgeDays: 0, minNotes: 6 })).toEqual(['beta']);
    expect(await names({ minAgeDays: 0, minNotes: 1 })).toEqual(['beta', 'alpha']);
  });

  it('are those of the oldest note, though newer ones came', async () => {
    const test = await threeSpaces();
    test.clock.advance(6 * DAY);
    await test.note('new');
    expect((await test.memory.spaces.stale({ spaces: ['alpha'] })).stale).toMatchObject([{ notes: 6, ageDays: 6 }]);
  });

  it('no longer wait when they are consolidated, and it is told when that was', async () => {
    const test = await threeSpaces();
    test.clock.advance(6 * DAY);
    await test.consolidate();
    expect((await test.memory.spaces.stale()).stale.map(({ space }) => space)).toEqual(['beta']);
    for (let n = 0; n < 5; n++) await test.note(`${n}`);
    test.clock.advance(6 * DAY);
    const [, alpha] = (await test.memory.spaces.stale()).stale;
    expect(alpha).toMatchObject({
      space: 'alpha',
      lastConsolidation: (await test.memory.spaces.info({ space: 'alpha' })).lastConsolidation,
    });
  });

  it('are looked for among those given, where they are there', async () => {
    const test = await threeSpaces();
    test.clock.advance(6 * DAY);
    expect(await test.memory.spaces.stale({ spaces: ['beta', 'gamma', 'nowhere'] })).toMatchObject({
      stale: [{ space: 'beta' }],
      scanned: ['beta', 'gamma'],
    });
    expect(await test.memory.spaces.stale({ spaces: [] })).toEqual({ stale: [], scanned: [], unreadable: [] });
  });

  it('are told beside those that cannot be read', async () => {
    const test = await threeSpaces();
    test.clock.advance(6 * DAY);
    await test.store.put('broken/_meta.json', '{"half');
    const { stale, unreadable } = await test.memory.spaces.stale();
    expect(stale).toHaveLength(2);
    expect(unreadable).toMatchObject([{ space: 'broken' }]);
  });

  it.each([{ minNotes: 0 }, { minNotes: 1.5 }, { minAgeDays: -1 }, { spaces: ['a/b'] }, { limit: 1 }])(
    'refuses %j',
    async (input) => {
      const { memory } = await openMemory();
      await expect(memory.spaces.stale(input)).rejects.toBeInstanceOf(InvalidInputError);
    },
  );
});

describe('listing only some spaces', () => {
  it('tells of those that are there, once and by name, without listing all', async () => {
    const test = await threeSpaces();
    await test.memory.spaces.list();
    test.counting.reset();
    const { spaces } = await test.memory.spaces.list({
      only: ['gamma', 'nowhere', 'alpha', 'gamma', 'a/b', '_system'],
    });
    expect(spaces.map(({ space }) => space)).toEqual(['alpha', 'gamma']);
    // For each space that may be there the meta, the notes and the head; cold the hint, and what tells that there is no log.
    expect(test.counting.counts().byOperation).toEqual({ list: 6, get: 5 });
  });

  it('asks nothing for none', async () => {
    const test = await openMemory();
    test.counting.reset();
    expect(await test.memory.spaces.list({ only: [] })).toEqual({ spaces: [], unreadable: [] });
    expect(test.counting.counts().requests).toBe(0);
  });

  it('refuses more than 10,000', async () => {
    const { memory } = await openMemory();
    await expect(memory.spaces.list({ only: Array.from({ length: 10_001 }, () => 'a') })).rejects.toBeInstanceOf(
      InvalidInputError,
    );
  });
});
