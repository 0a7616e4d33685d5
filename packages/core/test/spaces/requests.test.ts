import { describe, expect, it } from '@jest/globals';
import { openMemory, type TestMemory } from '../open-memory.ts';

const space = 'alpha';
const nothing = async (): Promise<undefined> => undefined;

/** `alpha` with 3 commits, a document, a synthesis and a note; a process that has looked at it. */
async function lived(): Promise<TestMemory> {
  const test = await openMemory();
  await test.note('a fact');
  await test.consolidate();
  await test.note('another fact');
  await test.memory.bank.write({ space, filename: 'a.md', content: 'a' });
  await test.memory.spaces.summary({ space });
  return test;
}

// Exact on any machine, as in ../requests.test.ts. A change here is a change of what users pay: say so.
describe('requests and round trips of what begins, describes and ends spaces', () => {
  type Case = [
    what: string,
    work: (test: TestMemory, creator: string | undefined) => Promise<unknown>,
    asks: { roundTrips: number; byOperation: Record<string, number> },
    before: (test: TestMemory) => Promise<string | undefined>,
  ];

  it.each<Case>([
    [
      'a space under an id never used: it is not searched for what others left',
      ({ memory }) => memory.spaces.create({ space: 'beta' }),
      { roundTrips: 13, byOperation: { get: 6, list: 6, put: 4 } },
      nothing,
    ],
    [
      'a space by a token',
      ({ memory }, creator) => memory.spaces.create({ space: 'beta', creator }),
      { roundTrips: 17, byOperation: { get: 7, list: 8, put: 6 } },
      async ({ memory }) => (await memory.tokens.create({ name: 'a', permissions: ['write'] })).hash,
    ],
    [
      'a space that is there',
      ({ memory }) => memory.spaces.create({ space }),
      { roundTrips: 3, byOperation: { get: 1, list: 3 } },
      nothing,
    ],
    [
      'a space under an id that was deleted',
      ({ memory }) => memory.spaces.create({ space }),
      { roundTrips: 13, byOperation: { get: 4, list: 8, put: 5 } },
      async ({ memory }) => void (await memory.spaces.delete({ space })),
    ],
    [
      'a deletion',
      ({ memory }) => memory.spaces.delete({ space }),
      { roundTrips: 10, byOperation: { get: 4, list: 6, put: 4, delete: 7 } },
      nothing,
    ],
    [
      'another description',
      ({ memory }) => memory.spaces.update({ space, description: 'new' }),
      { roundTrips: 3, byOperation: { get: 1, list: 1, put: 1 } },
      nothing,
    ],
    [
      'other rules',
      ({ memory }) => memory.spaces.updateRules({ space, rules: '# New' }),
      { roundTrips: 8, byOperation: { get: 3, list: 5, put: 3 } },
      nothing,
    ],
    [
      'spaces whose notes wait, among one',
      ({ memory }) => memory.spaces.stale({ spaces: [space] }),
      { roundTrips: 3, byOperation: { get: 1, list: 2 } },
      nothing,
    ],
  ])('%s', async (_, work, expected, before) => {
    const test = await lived();
    const creator = await before(test);
    test.counting.reset();
    await work(test, creator);
    const { roundTrips, byOperation } = test.counting.counts();
    expect({ roundTrips, byOperation }).toEqual(expected);
  });
});
