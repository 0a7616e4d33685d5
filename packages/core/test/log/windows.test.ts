import { describe, expect, it } from '@jest/globals';
import { createLiveMemory, type ObjectStore } from '@live-mem/core';
import { appendingConsolidator, openMemory, type TestMemory } from '../open-memory.ts';

const space = 'alpha';
const MINUTE = 60_000;

async function recentOf({ store }: TestMemory, commit: number): Promise<string[]> {
  const key = `alpha/_commits/${String(commit).padStart(10, '0')}.json`;
  return Object.keys((JSON.parse((await store.get(key))?.body ?? '') as { recent: Record<string, string> }).recent);
}

describe('a consumed note that a late request brings back', () => {
  it('is not live, is consolidated by nobody, and is taken away by who settles next', async () => {
    const test = await openMemory();
    const { filename } = await test.note('a fact');
    const key = `alpha/live/${filename}`;
    const text = (await test.store.get(key))?.body ?? '';
    await test.consolidate();
    await test.memory.bank.write({ space, filename: 'a.md', content: 'x' });
    await test.store.put(key, text);
    const other = test.another();
    expect((await other.notes.read({ space })).notes).toEqual([]);
    expect((await other.spaces.info({ space })).live.count).toBe(0);
    expect(await other.bank.consolidate({ space })).toMatchObject({ notesProcessed: 0 });
    await other.bank.write({ space, filename: 'b.md', content: 'y' });
    expect(await test.keys('alpha/live/')).toEqual([]);
  });

  it('is remembered until a listing, begun an hour or more after, did not show it', async () => {
    const test = await openMemory();
    const { filename } = await test.note('a fact');
    await test.consolidate();
    const write = (content: string) => test.memory.bank.write({ space, filename: 'a.md', content });
    await write('at once');
    test.clock.advance(59 * MINUTE);
    await write('listed after 59 minutes');
    await write('so it is remembered');
    expect(await recentOf(test, 5)).toEqual([filename]);
    test.clock.advance(2 * MINUTE);
    await write('listed after 61 minutes');
    await write('so it is forgotten');
    expect(await recentOf(test, 6)).toEqual([filename]);
    expect(await recentOf(test, 7)).toEqual([]);
  });
});

describe('a process that stood still for a minute between looking and writing', () => {
  it('looks again before it writes over anything', async () => {
    const test = await openMemory();
    const events: string[] = [];
    let stalls = 1;
    const slow: ObjectStore = {
      ...test.store,
      async *list(prefix, options) {
        yield* test.store.list(prefix, options);
        if (prefix !== 'alpha/bank/') return;
        events.push('looked');
        if (stalls-- > 0) test.clock.advance(61_000);
      },
      put(key, body, only) {
        if (key.startsWith('alpha/bank/')) events.push('wrote');
        return test.store.put(key, body, only);
      },
    };
    const memory = createLiveMemory({ store: slow, consolidator: appendingConsolidator, clock: test.clock });
    await memory.bank.write({ space, filename: 'a.md', content: 'x' });
    expect(events).toEqual(['looked', 'looked', 'wrote']);
  });
});

describe('a text that a document had before, put back by hand', () => {
  it.each([
    ['within 24 hours is taken for a late request, and replaced', 23, 'two', 'write'],
    ['after more than 24 hours is an edit like any other', 25, 'one', 'outside'],
  ])('%s', async (_, hours, content, kind) => {
    const test = await openMemory();
    for (const text of ['one', 'two']) await test.memory.bank.write({ space, filename: 'a.md', content: text });
    test.clock.advance(hours * 60 * MINUTE);
    await test.store.put('alpha/bank/a.md', 'one');
    const other = test.another();
    expect(await other.bank.read({ space, filename: 'a.md' })).toMatchObject({ content });
    expect((await test.store.get('alpha/bank/a.md'))?.body).toBe(content);
    expect((await other.bank.history({ space })).commits[0]?.kind).toBe(kind);
  });
});
