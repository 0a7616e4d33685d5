import { describe, expect, it } from '@jest/globals';
import { CommitNotFoundError, DocumentNotFoundError, InvalidInputError } from '@live-mem/core';
import { openMemory, type TestMemory } from '../open-memory.ts';

const space = 'alpha';
const write = ({ memory }: TestMemory, content: string, filename = 'a.md') =>
  memory.bank.write({ space, actor: 'me', filename, content });

const lines = (letter: string): string => Array.from({ length: 520 }, (_, n) => `${letter}${n}\n`).join('');

/** Commit 2 creates a.md, 3 changes it, 4 creates b.md, 5 deletes a.md. */
async function changed(): Promise<TestMemory> {
  const test = await openMemory();
  await write(test, 'one\ntwo\n');
  await write(test, 'one\n2\n');
  await write(test, 'b\n', 'b.md');
  await test.memory.bank.delete({ space, filename: 'a.md' });
  return test;
}

describe('the difference between two commits', () => {
  it('shows what all changes between did together, documents that came and went whole', async () => {
    const { memory } = await changed();
    expect(await memory.bank.diff({ space, from: 2, commit: 5 })).toBe(
      '--- a/a.md\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-one\n-two\n--- /dev/null\n+++ b/b.md\n@@ -0,0 +1,1 @@\n+b\n',
    );
  });

  it('may be asked backwards', async () => {
    const { memory } = await changed();
    const diff = await memory.bank.diff({ space, from: 3, commit: 2, filename: 'a.md' });
    expect(diff).toBe('--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n one\n-2\n+two\n');
  });

  it('from 0 on is the whole bank, with the rules and the synthesis', async () => {
    const test = await openMemory();
    await test.note('a fact');
    await test.consolidate();
    const diff = await test.memory.bank.diff({ space, from: 0, commit: 2 });
    expect(diff.match(/^\+\+\+ .*$/gm)).toEqual(['+++ b/_rules.md', '+++ b/_synthesis.md', '+++ b/notes.md']);
    expect(diff.match(/^--- .*$/gm)).toEqual(Array.from({ length: 3 }, () => '--- /dev/null'));
  });

  it('is empty where there is none: of a commit and itself, of a document that came back', async () => {
    const test = await changed();
    await test.memory.bank.undo({ space, commit: 5 });
    expect(await test.memory.bank.diff({ space, from: 4, commit: 4 })).toBe('');
    expect(await test.memory.bank.diff({ space, from: 4, commit: 6 })).toBe('');
    expect(await test.memory.bank.diff({ space, from: 3, commit: 4, filename: 'a.md' })).toBe('');
  });

  it('knows documents by what they are called, whatever that is', async () => {
    const test = await openMemory();
    for (const name of ['__proto__.md', 'constructor.md']) {
      await test.store.put(`alpha/bank/${name}`, 'by hand\n');
      const refused = test.memory.bank.diff({ space, commit: 1, filename: name });
      await expect(refused).rejects.toBeInstanceOf(DocumentNotFoundError);
    }
    await test.memory.bank.readAll({ space });
    const diff = await test.memory.bank.diff({ space, commit: 2 });
    expect(diff.match(/^\+\+\+ .*$/gm)).toEqual(['+++ b/__proto__.md', '+++ b/constructor.md']);
  });

  it('says which commits and documents there are none of', async () => {
    const { memory } = await changed();
    await expect(memory.bank.diff({ space, from: 9, commit: 1 })).rejects.toBeInstanceOf(CommitNotFoundError);
    await expect(memory.bank.diff({ space, from: 0, commit: 9 })).rejects.toBeInstanceOf(CommitNotFoundError);
    const unknown = memory.bank.diff({ space, from: 3, commit: 4, filename: 'no.md' });
    await expect(unknown).rejects.toBeInstanceOf(DocumentNotFoundError);
    await expect(memory.bank.diff({ space, from: -1, commit: 1 })).rejects.toBeInstanceOf(InvalidInputError);
  });

  it('does not reach into an earlier life of the space', async () => {
    const test = await changed();
    await test.memory.spaces.delete({ space });
    await test.memory.spaces.create({ space, rules: '# Second' });
    await write(test, 'second\n');
    await expect(test.memory.bank.diff({ space, from: 4, commit: 8 })).rejects.toBeInstanceOf(CommitNotFoundError);
    expect(await test.memory.bank.diff({ space, from: 7, commit: 8 })).toBe(
      '--- /dev/null\n+++ b/a.md\n@@ -0,0 +1,1 @@\n+second\n',
    );
  });

  it('gives a document with thousands of changed lines as replaced: looking for those that stayed would take too long', async () => {
    const test = await openMemory();
    await write(test, `${lines('a')}same\n${lines('b')}`);
    await write(test, `${lines('c')}same\n${lines('d')}no end`);
    const diff = await test.memory.bank.diff({ space, commit: 3 });
    expect(diff).toContain('@@ -1,1041 +1,1042 @@\n-a0\n');
    expect(diff).toMatch(/\n-same\n-b0\n[^]*\n-b519\n\+c0\n[^]*\n\+same\n\+d0\n/);
    expect(diff).toMatch(/\+no end\n\\ No newline at end of file\n$/);
  });

  it('costs one request for each commit that holds a text, side by side', async () => {
    const test = await openMemory();
    for (let n = 0; n < 10; n++) await write({ ...test, memory: test.another() }, `${n}\n`, `${n}.md`);
    await write({ ...test, memory: test.another() }, 'last\n', 'last.md');
    await test.memory.bank.history({ space, limit: 1 });
    test.counting.reset();
    await test.memory.bank.diff({ space, from: 1, commit: 11 });
    // The head, commit 11, and nine that hold the other texts.
    expect(test.counting.counts()).toMatchObject({ roundTrips: 3, byOperation: { list: 1, get: 10 } });
  });
});
