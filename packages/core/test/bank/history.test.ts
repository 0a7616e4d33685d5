import { describe, expect, it } from '@jest/globals';
import { CommitNotFoundError, DocumentNotFoundError, type History, SpaceNotFoundError } from '@live-mem/core';
import { openMemory } from '../open-memory.ts';

const alpha = { space: 'alpha', actor: 'me' };

describe('the history of a bank', () => {
  it('lists commits newest first, in pages, with who did what to which documents', async () => {
    const { memory, note, consolidate } = await openMemory();
    await memory.bank.write({ ...alpha, filename: 'a.md', content: 'x\n' });
    await note('one');
    await consolidate();
    await memory.bank.delete({ ...alpha, filename: 'a.md' });
    const first = await memory.bank.history({ space: 'alpha', limit: 2 });
    expect(first.commits).toMatchObject([
      { commit: 4, kind: 'delete', actor: 'me', notes: 0, files: ['a.md'] },
      { commit: 3, kind: 'consolidate', actor: 'test', notes: 1, files: ['_synthesis.md', 'notes.md'] },
    ]);
    const second = await memory.bank.history({ space: 'alpha', limit: 2, cursor: first.nextCursor });
    expect(second).toMatchObject({
      commits: [
        { commit: 2, kind: 'write' },
        { commit: 1, kind: 'create' },
      ],
    });
    expect(second.nextCursor).toBeUndefined();
  });

  it('of one document skips the others', async () => {
    const { memory } = await openMemory();
    for (let n = 0; n < 30; n++)
      await memory.bank.write({ ...alpha, filename: n % 10 === 0 ? 'a.md' : 'b.md', content: `${n}` });
    const { commits } = await memory.bank.history({ space: 'alpha', filename: 'a.md' });
    expect(commits.map(({ commit }) => commit)).toEqual([22, 12, 2]);
  });

  it('shows what a commit changed', async () => {
    const { memory } = await openMemory();
    await memory.bank.write({ ...alpha, filename: 'a.md', content: 'one\ntwo\n' });
    await memory.bank.write({ ...alpha, filename: 'a.md', content: 'one\n2\n' });
    const diff = await memory.bank.diff({ space: 'alpha', commit: 3 });
    expect(diff).toBe('--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n');
    expect(await memory.bank.diff({ space: 'alpha', commit: 2 })).toContain('--- /dev/null\n+++ b/a.md\n');
    await memory.bank.write({ ...alpha, filename: 'b.md', content: 'x' });
    expect(await memory.bank.diff({ space: 'alpha', commit: 4, filename: 'a.md' })).toBe('');
  });

  it('knows the synthesis and the rules by the names it lists them under', async () => {
    const { memory, note, consolidate } = await openMemory();
    await note('one');
    await consolidate();
    expect(await memory.bank.diff({ space: 'alpha', commit: 2, filename: '_synthesis.md' })).toContain('+1 notes came');
    const { commits } = await memory.bank.history({ space: 'alpha', filename: '_rules.md' });
    expect(commits.map(({ commit }) => commit)).toEqual([1]);
  });

  it('ends where the present life of the space began', async () => {
    const { memory, store, another } = await openMemory();
    await memory.bank.write({ ...alpha, filename: 'a.md', content: 'x' });
    const last = JSON.parse((await store.get('alpha/_commits/0000000002.json'))?.body ?? '') as object;
    const ended = { ...last, n: 3, kind: 'delete_space', op: 'd', docs: {}, bank: {} };
    await store.put('alpha/_commits/0000000003.json', JSON.stringify(ended));
    const second = another();
    await second.spaces.create({ space: 'alpha', rules: '# Second' });
    await second.bank.write({ ...alpha, filename: 'b.md', content: 'y' });
    const { commits, nextCursor } = await second.bank.history({ space: 'alpha' });
    expect(commits.map(({ commit }) => commit)).toEqual([5, 4]);
    expect(nextCursor).toBeUndefined();
  });

  it('says which commits are damaged, missing or of a newer version, and shows the others', async () => {
    const test = await openMemory();
    for (let n = 2; n <= 6; n++) await test.memory.bank.write({ ...alpha, filename: 'a.md', content: `${n}` });
    await test.store.put('alpha/_commits/0000000002.json', '{"half');
    await test.store.delete('alpha/_commits/0000000003.json');
    await test.store.put('alpha/_commits/0000000005.json', JSON.stringify({ format: 9 }));
    const { commits, unreadable } = await test.another().bank.history({ space: 'alpha', filename: 'a.md' });
    expect(commits.map(({ commit }) => commit)).toEqual([6, 4]);
    expect(unreadable).toEqual([
      { commit: 5, reason: expect.stringContaining('newer version') },
      { commit: 3, reason: expect.stringContaining('missing from the log') },
      { commit: 2, reason: expect.stringContaining('no JSON') },
    ]);
  });

  it('names every damaged commit on one page only', async () => {
    const test = await openMemory();
    for (let n = 2; n <= 9; n++) await test.memory.bank.write({ ...alpha, filename: 'a.md', content: `${n}` });
    for (const n of [3, 5, 8]) await test.store.put(`alpha/_commits/000000000${n}.json`, 'broken');
    const other = test.another();
    const seen: number[] = [];
    const damaged: number[] = [];
    for (let cursor: number | undefined = 10; cursor !== undefined; ) {
      const page: History = await other.bank.history({ space: 'alpha', filename: 'a.md', limit: 2, cursor });
      seen.push(...page.commits.map(({ commit }) => commit));
      damaged.push(...page.unreadable.map(({ commit }) => commit));
      cursor = page.nextCursor;
    }
    expect([seen, damaged]).toEqual([
      [9, 7, 6, 4, 2],
      [8, 5, 3],
    ]);
  });

  it('reads twenty commits at once, and none that it has read', async () => {
    const test = await openMemory();
    for (let n = 2; n <= 45; n++) await test.another().bank.write({ ...alpha, filename: 'a.md', content: `${n}` });
    test.counting.reset();
    await test.memory.bank.history({ space: 'alpha', limit: 45 });
    expect(test.counting.counts()).toMatchObject({ roundTrips: 5, byOperation: { list: 1, get: 44 } });
    test.counting.reset();
    await test.memory.bank.history({ space: 'alpha', limit: 45 });
    expect(test.counting.counts()).toMatchObject({ requests: 1 });
  });

  it('says that no commit knows a document', async () => {
    const { memory } = await openMemory();
    await memory.bank.write({ ...alpha, filename: 'a.md', content: 'x' });
    const [commit, filename] = [2, 'no.md'];
    await expect(memory.bank.history({ space: 'alpha', filename })).rejects.toBeInstanceOf(DocumentNotFoundError);
    await expect(memory.bank.diff({ space: 'alpha', commit, filename })).rejects.toBeInstanceOf(DocumentNotFoundError);
  });

  it('knows which commits and spaces there are', async () => {
    const { memory } = await openMemory();
    await expect(memory.bank.diff({ space: 'alpha', commit: 9 })).rejects.toBeInstanceOf(CommitNotFoundError);
    await expect(memory.bank.diff({ space: 'beta', commit: 1 })).rejects.toBeInstanceOf(SpaceNotFoundError);
    await expect(memory.bank.history({ space: 'beta' })).rejects.toBeInstanceOf(SpaceNotFoundError);
  });
});
