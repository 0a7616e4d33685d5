import { describe, expect, it } from '@jest/globals';
import { CommitNotFoundError, DocumentNotFoundError, SpaceNotFoundError } from '@live-mem/core';
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
