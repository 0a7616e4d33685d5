import { describe, expect, it } from '@jest/globals';
import { createLiveMemory, type ObjectStore, StoreUnavailableError } from '@live-mem/core';
import { appendingConsolidator, openMemory, type TestMemory } from '../open-memory.ts';

/** Consolidates a note into `notes.md` in a process whose store takes the commit, but no document after it. */
async function consolidateUnseen(test: TestMemory): Promise<void> {
  await test.memory.bank.write({ space: 'alpha', actor: 'me', filename: 'notes.md', content: '# Notes\n\nold\n' });
  await test.note('a fact');
  const failing: ObjectStore = {
    ...test.store,
    put: (key, body, only) =>
      key.includes('/bank/') ? Promise.reject(new StoreUnavailableError('gone')) : test.store.put(key, body, only),
  };
  const dying = createLiveMemory({ store: failing, consolidator: appendingConsolidator, clock: test.clock });
  expect(await dying.bank.consolidate({ space: 'alpha', actor: 'me' })).toMatchObject({ notesProcessed: 1 });
}

describe('an edit by hand that meets a change on its way', () => {
  it('is the text; the notes it hid are live again, and a warning names both', async () => {
    const test = await openMemory();
    await consolidateUnseen(test);
    await test.store.put('alpha/bank/notes.md', '# Notes\n\nold, by hand\n');
    const reader = test.another();
    expect(await reader.bank.read({ space: 'alpha', filename: 'notes.md' })).toMatchObject({
      content: '# Notes\n\nold, by hand\n',
    });
    expect((await reader.notes.read({ space: 'alpha' })).notes).toMatchObject([{ content: 'a fact', agent: 'cline' }]);
    const { commits } = await reader.bank.history({ space: 'alpha' });
    expect(commits[0]).toMatchObject({ kind: 'outside', restored: 1, warnings: [expect.stringContaining('commit 3')] });
    expect(await test.keys('alpha/live/')).toHaveLength(1);
  });

  it('that was made with that change in sight brings no note back', async () => {
    const test = await openMemory();
    await consolidateUnseen(test);
    const { content } = await test.another().bank.read({ space: 'alpha', filename: 'notes.md' });
    await test.store.delete('alpha/_head.json');
    await test.store.put('alpha/bank/notes.md', `${content}and more\n`);
    const reader = test.another();
    expect(await reader.bank.read({ space: 'alpha', filename: 'notes.md' })).toMatchObject({
      content: `${content}and more\n`,
    });
    expect((await reader.notes.read({ space: 'alpha' })).notes).toEqual([]);
  });

  it('without any is put right by the next reader: the change shows', async () => {
    const test = await openMemory();
    await consolidateUnseen(test);
    await test.memory.bank.write({ space: 'alpha', actor: 'me', filename: 'other.md', content: 'x' });
    expect((await test.store.get('alpha/bank/notes.md'))?.body).toContain('a fact');
    expect(await test.keys('alpha/live/')).toEqual([]);
  });

  it('of the synthesis counts as well', async () => {
    const test = await openMemory();
    await test.note('a fact');
    await test.consolidate();
    await test.store.put('alpha/_synthesis.md', 'By hand.\n');
    expect(await test.another().spaces.summary({ space: 'alpha' })).toMatchObject({ synthesis: 'By hand.\n' });
  });
});

describe('a change whose writer died', () => {
  it('is shown by a server that had read before, once it has waited a minute for the writer', async () => {
    const test = await openMemory();
    const server = test.another();
    await server.bank.readAll({ space: 'alpha' });
    await consolidateUnseen(test);
    const reads = async () => {
      expect((await server.bank.readAll({ space: 'alpha' })).documents[0]?.content).toContain('a fact');
      return (await test.store.get('alpha/bank/notes.md'))?.body.includes('a fact');
    };
    expect(await reads()).toBe(false);
    test.clock.advance(61_000);
    expect(await reads()).toBe(true);
  });

  it('is shown however long ago that was: what it replaces is no edit by hand', async () => {
    const test = await openMemory();
    await consolidateUnseen(test);
    test.clock.advance(30 * 24 * 3_600_000);
    const other = test.another();
    expect((await other.bank.readAll({ space: 'alpha' })).documents[0]?.content).toContain('a fact');
    expect((await test.store.get('alpha/bank/notes.md'))?.body).toContain('a fact');
    expect((await other.bank.history({ space: 'alpha' })).commits[0]?.kind).toBe('consolidate');
    expect((await other.notes.read({ space: 'alpha' })).notes).toEqual([]);
  });
});
