import { describe, expect, it } from '@jest/globals';
import { openMemory, type TestMemory } from '../open-memory.ts';

const alpha = { space: 'alpha', actor: 'ann' };

/** A space whose bank holds these documents, put there by other hands. */
async function withBank(documents: Readonly<Record<string, string>>): Promise<TestMemory> {
  const test = await openMemory();
  for (const [name, text] of Object.entries(documents)) await test.store.put(`alpha/bank/${name}`, text);
  await test.memory.bank.readAll({ space: 'alpha' });
  return test;
}

/** As long as a document may be. */
const text = (n: number): string => `${n}`.repeat(2 * 1024 * 1024);

async function bankOf({ another }: TestMemory): Promise<Record<string, string>> {
  const { documents } = await another().bank.readAll({ space: 'alpha' });
  return Object.fromEntries(documents.map(({ filename, content }) => [filename, content]));
}

describe('repairing names', () => {
  const bad: [string, string, string][] = [
    ['a zero-width space', 'pro\u200Bgress.md', 'progress.md'],
    ['a soft hyphen', 'pro\u00ADgress.md', 'progress.md'],
    ['a byte order mark', '\uFEFFprogress.md', 'progress.md'],
    ['a mark that turns the direction', 'a\u202Eb.md', 'ab.md'],
    ['a line separator', 'a\u2028b.md', 'ab.md'],
    ['a hyphen that does not break', 'tech\u2011stack.md', 'tech-stack.md'],
    ['a dash', 'tech\u2013stack\u2014x\u2015\u2012\u2010y.md', 'tech-stack-x---y.md'],
    ['a minus', 'a\u2212b.md', 'a-b.md'],
    ['a space that does not break', 'a\u00A0b.md', 'a b.md'],
    ['a stray folder', 'bank/progress.md', 'progress.md'],
    ['stray folders, again and again', 'bank/MEMORY_BANK/memory-bank/bank/a/b.md', 'a/b.md'],
    ['spaces around a part', ' team / notes.md', 'team/notes.md'],
    ['emoji joined by an invisible character', '\u{1F469}\u200D\u{1F4BB}.md', '\u{1F469}\u{1F4BB}.md'],
  ];
  it.each(bad)('of %s', async (_, from, to) => {
    const test = await withBank({ [from]: 'text\n' });
    expect(await test.memory.bank.repair(alpha)).toMatchObject({ renamed: [{ from, to }], removed: [], kept: [] });
    expect(await bankOf(test)).toEqual({ [to]: 'text\n' });
    expect(await test.keys('alpha/bank/')).toEqual([`alpha/bank/${to}`]);
  });

  it('does not touch accents, other scripts, emoji and names that only look odd', async () => {
    const names = [
      '\u00E9.md',
      'u\u0308.md',
      '日本語.md',
      '❤\uFE0F notes.md',
      'a-b_c d.md',
      'team/bank/x.md',
      'notes-2.md',
    ];
    const test = await withBank(Object.fromEntries(names.map((name) => [name, name])));
    const before = await test.keys();
    expect(await test.memory.bank.repair(alpha)).toEqual({ renamed: [], removed: [], kept: [] });
    expect(await test.keys()).toEqual(before);
  });

  it('removes a copy whose text the clean name has already', async () => {
    const test = await withBank({ 'a.md': 'same\n', 'a\u200B.md': 'same\n' });
    expect(await test.memory.bank.repair(alpha)).toMatchObject({
      renamed: [],
      removed: [{ filename: 'a\u200B.md', sameAs: 'a.md' }],
    });
    expect(await bankOf(test)).toEqual({ 'a.md': 'same\n' });
  });

  it('keeps every different text, under names of their own', async () => {
    const test = await withBank({
      'a.md': '1\n',
      'a\u200B.md': '2\n',
      'a\u00AD.md': '3\n',
      'bank/a.md': '2\n',
      'b\u200B.md': 'same\n',
      'b\u00AD.md': 'same\n',
    });
    const { renamed, removed } = await test.memory.bank.repair(alpha);
    expect(renamed).toHaveLength(4);
    expect(removed).toEqual([{ filename: 'b\u200B.md', sameAs: 'b.md' }]);
    const bank = await bankOf(test);
    expect(Object.values(bank).toSorted()).toEqual(['1\n', '2\n', '2\n', '3\n', 'same\n']);
    expect(bank['a.md']).toBe('1\n');
    expect(Object.keys(bank).toSorted()).toEqual(['a-2.md', 'a-3.md', 'a-4.md', 'a.md', 'b.md']);
  });

  it('takes no name that a file system takes for another', async () => {
    const test = await withBank({ 'Notes.md': '1\n', 'no\u200Btes.md': '2\n' });
    expect(await test.memory.bank.repair(alpha)).toMatchObject({
      renamed: [{ from: 'no\u200Btes.md', to: 'notes-2.md' }],
    });
  });

  it('tells names that no rule mends, and leaves them', async () => {
    const names = ['\u200B.md', 'a:b.md', `${'x'.repeat(252)}.md`];
    const test = await withBank(Object.fromEntries(names.map((name) => [name, name])));
    expect((await test.memory.bank.repair(alpha)).kept.toSorted()).toEqual(['a:b.md', '\u200B.md']);
    expect(Object.keys(await bankOf(test))).toHaveLength(3);
  });

  it('keeps a document whose free name would be too long', async () => {
    const long = `${'x'.repeat(252)}.md`;
    const test = await withBank({ [long]: '1\n', [`bank/${long}`]: '2\n' });
    expect(await test.memory.bank.repair(alpha)).toMatchObject({ renamed: [], kept: [`bank/${long}`] });
  });

  it('is one commit, and undoing it brings the names back', async () => {
    const documents = { 'a\u200B.md': 'same\n', 'a\u00AD.md': 'same\n', 'b\u2011c.md': 'b\n' };
    const test = await withBank(documents);
    const { commit } = await test.memory.bank.repair(alpha);
    const { commits } = await test.memory.bank.history({ space: 'alpha' });
    expect(commits[0]).toMatchObject({ commit, kind: 'repair', actor: 'ann' });
    expect(await bankOf(test)).toEqual({ 'a.md': 'same\n', 'b-c.md': 'b\n' });
    await test.memory.bank.undo({ ...alpha, commit: commit ?? 0 });
    expect(await bankOf(test)).toEqual(documents);
  });

  it('says in a dry run what it would do, and writes nothing', async () => {
    const test = await withBank({ 'a.md': 'same\n', 'a\u200B.md': 'same\n', 'bank/b.md': 'b\n' });
    const before = await test.store.getMany(await test.keys());
    const told = await test.memory.bank.repair({ ...alpha, dryRun: true });
    expect(await test.store.getMany(await test.keys())).toEqual(before);
    const { commit, ...done } = await test.memory.bank.repair(alpha);
    expect(told).toEqual(done);
    expect(commit).toBeDefined();
  });

  it('writes nothing in a dry run of a space without a log', async () => {
    const test = await openMemory();
    await test.store.put('old/_meta.json', '{}');
    await test.store.put('old/bank/a\u200B.md', 'a\n');
    expect(await test.memory.bank.repair({ space: 'old', dryRun: true })).toMatchObject({
      renamed: [{ from: 'a\u200B.md', to: 'a.md' }],
    });
    expect(await test.keys('old/')).toEqual(['old/_meta.json', 'old/bank/a\u200B.md']);
  });

  it('makes several commits of documents that one does not hold', async () => {
    const test = await withBank({ 'd1\u200B.md': text(1), 'd2\u200B.md': text(2) });
    const { renamed, commit } = await test.memory.bank.repair(alpha);
    expect(renamed).toHaveLength(2);
    expect(await bankOf(test)).toEqual({ 'd1.md': text(1), 'd2.md': text(2) });
    const { commits } = await test.memory.bank.history({ space: 'alpha' });
    const made = commits.filter(({ kind }) => kind === 'repair').map((one) => one.commit);
    expect(made).toEqual([commit, (commit ?? 0) - 1]);
  }, 30_000);

  it('keeps the copy where the document under the clean name is written at the same time', async () => {
    const test = await withBank({ 'a.md': 'same\n', 'a\u200B.md': 'same\n' });
    const other = test.another();
    let isFirst = true;
    const racing = test.another(undefined, {
      ...test.store,
      put: async (...request) => {
        if (isFirst && request[0].includes('/_commits/')) {
          isFirst = false;
          await other.bank.write({ ...alpha, filename: 'a.md', content: 'other\n' });
        }
        return test.store.put(...request);
      },
    });
    await racing.bank.repair(alpha);
    expect(await bankOf(test)).toEqual({ 'a.md': 'other\n', 'a-2.md': 'same\n' });
  });
});
