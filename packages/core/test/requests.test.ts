import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { createLiveMemory } from '@live-mem/core';
import { openMemory } from './open-memory.ts';

// What every use case asks of the store, exact on any machine. A change here is a change of what users pay: say so.
describe('requests and round trips, warm', () => {
  const space = 'alpha';
  const cases: [
    string,
    (test: Awaited<ReturnType<typeof openMemory>>) => Promise<unknown>,
    { requests: number; roundTrips: number },
  ][] = [
    ['writing a note', ({ note }) => note('x'), { requests: 1, roundTrips: 1 }],
    ['reading the newest notes again', ({ memory }) => memory.notes.read({ space }), { requests: 2, roundTrips: 2 }],
    ['searching again', ({ memory }) => memory.notes.search({ space, query: 'fact' }), { requests: 2, roundTrips: 2 }],
    ['reading the bank again', ({ memory }) => memory.bank.readAll({ space }), { requests: 2, roundTrips: 1 }],
    ['listing the bank again', ({ memory }) => memory.bank.list({ space }), { requests: 2, roundTrips: 1 }],
    [
      'reading a document',
      ({ memory }) => memory.bank.read({ space, filename: 'notes.md' }),
      { requests: 2, roundTrips: 1 },
    ],
    ['the rules', ({ memory }) => memory.spaces.rules({ space }), { requests: 2, roundTrips: 1 }],
    ['the history', ({ memory }) => memory.bank.history({ space }), { requests: 1, roundTrips: 1 }],
    ['info of a space', ({ memory }) => memory.spaces.info({ space }), { requests: 3, roundTrips: 3 }],
    ['a summary', ({ memory }) => memory.spaces.summary({ space }), { requests: 7, roundTrips: 4 }],
    ['a consolidation with nothing to do', ({ consolidate }) => consolidate('nobody'), { requests: 7, roundTrips: 4 }],
  ];

  it.each(cases)('%s', async (_, work, expected) => {
    const test = await openMemory();
    await test.note('a fact');
    await test.consolidate();
    await test.note('another fact');
    for (const read of [
      test.memory.bank.readAll,
      test.memory.notes.read,
      test.memory.spaces.summary,
      test.memory.bank.history,
    ])
      await read({ space });
    test.counting.reset();
    await work(test);
    expect(test.counting.counts()).toMatchObject(expected);
  });

  it.each(cases)('as the README of this package says: %s', async (name, _, { requests, roundTrips }) => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const rows = readme.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
    expect(rows).toContainEqual(['', name, `${requests}`, `${roundTrips}`, '']);
  });
});

describe('requests and round trips, cold', () => {
  it('reads a bank of any number of documents in four round trips', async () => {
    const test = await openMemory();
    for (let n = 0; n < 20; n++)
      await test.another().bank.write({ space: 'alpha', actor: 'a', filename: `d${n}.md`, content: `${n}` });
    test.counting.reset();
    const cold = createLiveMemory({
      store: test.counting.store,
      consolidator: {
        name: 'none',
        limits: { countTokens: () => 0 },
        propose: () => Promise.reject(new Error('not asked')),
      },
    });
    await cold.bank.readAll({ space: 'alpha' });
    expect(test.counting.counts()).toMatchObject({ roundTrips: 4, byOperation: { list: 2, get: 22 } });
  });
});
