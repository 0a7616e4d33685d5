import { describe, expect, it } from '@jest/globals';
import { DocumentNotFoundError, InvalidInputError, SectionNotFoundError, type Trace } from '@live-mem/core';
import { answering, openMemory, type TestMemory } from '../open-memory.ts';

const space = 'alpha';
const filename = 'notes.md';
const write = ({ memory }: TestMemory, content: string, name = filename) =>
  memory.bank.write({ space, actor: 'me', filename: name, content });
const trace = ({ memory }: TestMemory, heading?: string) => memory.bank.trace({ space, filename, heading });

/** What is told, in short: commit, bytes, what its notes say. */
const told = ({ commits }: Trace) =>
  commits.map(({ commit, bytes, notes }) => [commit, bytes, notes.map(({ content }) => content)]);

async function consolidated(test: TestMemory, content: string): Promise<void> {
  await test.note(content);
  await test.consolidate();
}

/** Puts each note, as a line, at the end of the section that its first word names. */
const filing = answering(({ documents, notes }) => {
  const document = documents[0];
  const edits = notes.map(({ content, id }) => {
    const section = document?.sections.find(({ heading }) => heading === content.split(' ')[0]);
    return {
      operation: 'append_to_section',
      filename,
      section: section?.id,
      heading: section?.heading,
      content: `${content}\n`,
      notes: [id],
    };
  });
  return { edits, fates: notes.map(({ id }) => ({ note: id, fate: 'integrated' })), synthesis: '' };
});

/** A log of so many writes, each by a process of its own; then the document is read. */
async function grown(changes: number, name: (n: number) => string): Promise<TestMemory> {
  const test = await openMemory();
  let content = '';
  for (let n = 2; n <= changes + 1; n++) {
    if (name(n) === filename) content += `${n}\n`;
    await write({ ...test, memory: test.another() }, name(n) === filename ? content : `${n}\n`, name(n));
  }
  await test.memory.bank.read({ space, filename });
  test.counting.reset();
  return test;
}

describe('tracing a document', () => {
  it('tells the commits its text comes from, newest first, with the whole text of the notes they filed', async () => {
    const test = await openMemory();
    await consolidated(test, 'first, é');
    await consolidated(test, 'second');
    const found = await trace(test);
    expect(found.commits).toMatchObject([
      { commit: 3, kind: 'consolidate', actor: 'test', notes: [{ agent: 'cline', content: 'second' }] },
      { commit: 2, kind: 'consolidate', notes: [{ category: 'observation', tags: [], content: 'first, é' }] },
    ]);
    const { size } = await test.memory.bank.read({ space, filename });
    expect(found.commits.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(size);
    expect(found).toMatchObject({ bytes: size, unknownBytes: 0 });
    expect(found).not.toHaveProperty('incomplete');
  });

  it('leaves commits out whose text is all gone, and tells writes and edits by hand, which have no notes', async () => {
    const test = await openMemory();
    await write(test, 'a\nb\n');
    await write(test, 'a\nB\n');
    await write(test, 'a\nBB\n');
    await test.store.put('alpha/bank/notes.md', 'a\nBB\nby hand\n');
    expect(told(await trace(test))).toEqual([
      [5, 8, []],
      [4, 3, []],
      [2, 2, []],
    ]);
  });

  it('goes back to where a text comes from that an undo brought back, also of a deleted document', async () => {
    const test = await openMemory();
    await consolidated(test, 'a fact');
    await write(test, 'overwritten\n');
    await test.memory.bank.undo({ space, commit: 3 });
    expect(told(await trace(test))).toMatchObject([[2, expect.anything(), ['a fact']]]);
    const { commit } = await test.memory.bank.delete({ space, filename });
    await test.memory.bank.undo({ space, commit: commit ?? 0 });
    expect(told(await trace(test))).toMatchObject([[2, expect.anything(), ['a fact']]]);
  });

  it('goes back likewise where the same text was written again', async () => {
    const test = await openMemory();
    await consolidated(test, 'a fact');
    const { content } = await test.memory.bank.read({ space, filename });
    await write(test, 'overwritten\n');
    await write(test, 'and again\n');
    await write(test, content);
    expect(told(await trace(test))).toMatchObject([[2, expect.anything(), ['a fact']]]);
  });

  it('knows a redone consolidation for what it is', async () => {
    const test = await openMemory();
    await consolidated(test, 'a fact');
    await test.memory.bank.undo({ space, commit: 2 });
    await test.memory.bank.undo({ space, commit: 3 });
    expect(told(await trace(test))).toMatchObject([[2, expect.anything(), ['a fact']]]);
  });

  it('stops at the limit, and says so', async () => {
    const test = await openMemory();
    for (const content of ['one', 'two', 'three']) await consolidated(test, content);
    const found = await test.memory.bank.trace({ space, filename, limit: 2 });
    expect(found.commits.map(({ commit }) => commit)).toEqual([4, 3]);
    expect(found.unknownBytes).toBe(found.bytes - found.commits.reduce((sum, { bytes }) => sum + bytes, 0));
    expect(found.incomplete).toContain('more than 2 commits');
    await expect(test.memory.bank.trace({ space, filename, limit: 201 })).rejects.toBeInstanceOf(InvalidInputError);
  });

  it('tells what is known where an older commit is damaged, and minds no damage elsewhere', async () => {
    const test = await openMemory();
    await consolidated(test, 'one');
    await write(test, 'x\n', 'other.md');
    await consolidated(test, 'two');
    await test.store.put('alpha/_commits/0000000003.json', '{"half');
    expect(await test.another().bank.trace({ space, filename })).toMatchObject({ unknownBytes: 0 });
    await test.store.put('alpha/_commits/0000000002.json', '{"half');
    const found = await test.another().bank.trace({ space, filename });
    expect(found.commits.map(({ commit }) => commit)).toEqual([4]);
    expect(found.incomplete).toContain('alpha/_commits/0000000002.json');
  });

  it('is not stopped by a note that cannot be read, and knows the rules', async () => {
    const test = await openMemory();
    await consolidated(test, 'one');
    const key = 'alpha/_commits/0000000002.json';
    const commit = JSON.parse((await test.store.get(key))?.body ?? '') as { consumed: { text: string }[] };
    const [consumed] = commit.consumed;
    if (consumed) consumed.text = 'no front matter';
    await test.store.put(key, JSON.stringify(commit));
    expect(told(await test.another().bank.trace({ space, filename }))).toMatchObject([[2, expect.anything(), []]]);
    const rules = await test.memory.bank.trace({ space, filename: '_rules.md' });
    expect(told(rules)).toEqual([[1, '# Rules\n'.length, []]]);
  });

  it('says what a document is not there, and reads no earlier life', async () => {
    const test = await openMemory();
    await expect(trace(test)).rejects.toBeInstanceOf(DocumentNotFoundError);
    await write(test, 'first life\n');
    await test.memory.spaces.delete({ space });
    await test.memory.spaces.create({ space });
    await expect(trace(test)).rejects.toBeInstanceOf(DocumentNotFoundError);
    await write(test, 'first life\n');
    expect((await trace(test)).commits).toHaveLength(1);
  });
});

describe('tracing a section', () => {
  const text = '# Team\n\nlead\n\n## Notes\n\nours\n\n# Notes\n\ntheirs\n\n# Plans\n\nsoon é\n';

  it('tells only what its own text comes from', async () => {
    const test = await openMemory();
    await write(test, text);
    await write(test, text.replace('ours', 'ours\nmore').replace('soon', 'later'));
    const plans = await trace(test, 'Plans');
    expect(told(plans)).toEqual([
      [3, 'later é\n'.length + 1, []],
      [2, '# Plans\n\n'.length, []],
    ]);
    expect(told(await trace(test, '# Team > Notes'))).toEqual([
      [3, 5, []],
      [2, '## Notes\n\nours\n\n'.length, []],
    ]);
    expect(told(await trace(test, 'Team'))[1]).toEqual([2, '# Team\n\nlead\n\n## Notes\n\nours\n\n'.length, []]);
  });

  it('takes the whole path first, so that each of two with one heading can be meant', async () => {
    const test = await openMemory();
    await write(test, text);
    expect((await trace(test, 'Notes')).bytes).toBe('# Notes\n\ntheirs\n\n'.length);
    expect((await trace(test, 'Team > Notes')).bytes).toBe('## Notes\n\nours\n\n'.length);
  });

  it('is refused where none has the heading, or several have', async () => {
    const test = await openMemory();
    await write(test, '# A\n\n## Same\n\n# B\n\n## Same\n');
    await expect(trace(test, 'C')).rejects.toMatchObject({
      code: 'SECTION_NOT_FOUND',
      candidates: ['A', 'A > Same', 'B', 'B > Same'],
    });
    await expect(trace(test, 'Same')).rejects.toMatchObject({ candidates: ['A > Same', 'B > Same'] });
    await expect(trace(test, 'Same')).rejects.toBeInstanceOf(SectionNotFoundError);
  });

  it('names the notes that one commit filed there, not those it filed in other sections', async () => {
    const test = await openMemory(filing);
    await write(test, '# Team\n\nx\n\n# Plans\n\ny\n');
    await test.note('Team grows');
    await test.note('Plans change');
    await test.consolidate();
    expect(told(await trace(test, 'Plans'))[0]).toEqual([3, 'Plans change\n\n'.length, ['Plans change']]);
    expect((await trace(test)).commits[0]?.notes).toHaveLength(2);
  });

  it('tells notes apart by their words where the commit wrote the document whole', async () => {
    const test = await openMemory(
      answering(({ notes }) => {
        const section = (word: string): string =>
          `# ${word}\n\n${notes
            .filter(({ content }) => content.startsWith(word))
            .map(({ content }) => `- ${content}\n`)
            .join('')}\n`;
        const ids = notes.map(({ id }) => id);
        const content = section('Team') + section('Plans');
        return {
          edits: [{ operation: 'create', filename, content, notes: ids }],
          fates: ids.map((note) => ({ note, fate: 'integrated' })),
          synthesis: '',
        };
      }),
    );
    await test.note('Team grows');
    await test.note('Plans change');
    await test.consolidate();
    expect(told(await trace(test, 'Plans')).map(([, , notes]) => notes)).toEqual([['Plans change']]);
  });

  it('names all notes of a commit where none was filed under that heading: it was renamed since', async () => {
    const test = await openMemory(filing);
    await write(test, '# Team\n\nx\n');
    await consolidated(test, 'Team grows');
    const { content } = await test.memory.bank.read({ space, filename });
    await write(test, content.replace('# Team', '# People'));
    expect(told(await trace(test, 'People'))[1]).toEqual([3, 'Team grows\n\n'.length, ['Team grows']]);
  });
});

describe('what tracing costs', () => {
  it('is a request for each commit, twenty at once', async () => {
    const test = await grown(59, () => filename);
    expect((await test.memory.bank.trace({ space, filename, limit: 200 })).commits).toHaveLength(59);
    // The head and the document again, then 41–59, 21–40 and 1–20.
    expect(test.counting.counts()).toMatchObject({ roundTrips: 4, byOperation: { get: 59 } });
  });

  it('passes over long stretches that did not change the document', async () => {
    const test = await grown(199, (n) => (n === 2 || n === 200 ? filename : 'other.md'));
    expect((await trace(test)).commits.map(({ commit }) => commit)).toEqual([200, 2]);
    expect(test.counting.counts().byOperation['get']).toBeLessThan(30);
  });
});
