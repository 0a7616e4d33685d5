import { describe, expect, it } from '@jest/globals';
import { CommitNotFoundError, UndoConflictError } from '@live-mem/core';
import { answering, openMemory, type TestMemory } from '../open-memory.ts';

const alpha = { space: 'alpha', actor: 'me' };
const write = ({ memory }: TestMemory, content: string, filename = 'a.md') =>
  memory.bank.write({ ...alpha, filename, content });
const read = async ({ memory }: TestMemory, filename = 'a.md') =>
  (await memory.bank.read({ space: 'alpha', filename })).content;
const undo = ({ memory }: TestMemory, commit: number | undefined) =>
  memory.bank.undo({ ...alpha, commit: commit ?? 0 });

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const synthesis = async ({ memory }: TestMemory) => (await memory.spaces.summary({ space: 'alpha' })).synthesis;

async function consolidated(test: TestMemory, content: string): Promise<number> {
  await test.note(content);
  return (await test.consolidate()).commits[0] ?? 0;
}

describe('undoing', () => {
  it('brings back the text before, byte for byte', async () => {
    const test = await openMemory();
    await write(test, 'one\r\n\ttwo');
    const { commit } = await write(test, 'other');
    await undo(test, commit);
    expect(await read(test)).toBe('one\r\n\ttwo');
  });

  it('removes a document that the change created, and brings back one it deleted', async () => {
    const test = await openMemory();
    const created = await write(test, 'x');
    const deleted = await test.memory.bank.delete({ ...alpha, filename: 'a.md' });
    await undo(test, deleted.commit);
    expect(await read(test)).toBe('x');
    await undo(test, created.commit);
    expect((await test.memory.bank.readAll({ space: 'alpha' })).documents).toEqual([]);
  });

  it('carries the change through later ones that touched other lines', async () => {
    const test = await openMemory();
    await write(test, 'a\nb\nc\nd\ne\n');
    const { commit } = await write(test, 'a\nb\nC é\nd\ne\n');
    await write(test, 'new\na\nb\nC é\nd\ne\n');
    await write(test, 'new\na\nb\nC é\nd\ne\nend\n');
    await undo(test, commit);
    expect(await read(test)).toBe('new\na\nb\nc\nd\ne\nend\n');
  });

  it('refuses where a later change touched the same lines, naming it', async () => {
    const test = await openMemory();
    await write(test, 'a\nb\nc\n');
    const { commit } = await write(test, 'a\nB\nc\n');
    const later = await write(test, 'a\nBB\nc\n');
    await expect(undo(test, commit)).rejects.toMatchObject({ code: 'UNDO_CONFLICT', inTheWay: later.commit });
    expect(await read(test)).toBe('a\nBB\nc\n');
  });

  it('takes an older consolidation back where later ones put their text right beside it', async () => {
    const newestFirst = answering(({ documents, notes }) => {
      const text = documents[0]?.text ?? '# Notes\n\n';
      const entries = notes.map(({ content }) => `- ${content}\n`).join('');
      const [operation, ids] = [documents[0] ? 'rewrite' : 'create', notes.map(({ id }) => id)];
      return {
        edits: [{ operation, filename: 'notes.md', content: text.replace('\n\n', `\n\n${entries}`), notes: ids }],
        fates: ids.map((note) => ({ note, fate: 'integrated' })),
        synthesis: '',
      };
    });
    const test = await openMemory(newestFirst);
    await write(test, '# Notes\n\n', 'notes.md');
    const commits: number[] = [];
    for (const content of ['one', 'two', 'three']) {
      await test.note(content);
      commits.push(...(await test.consolidate()).commits);
    }
    await undo(test, commits[1]);
    expect(await read(test, 'notes.md')).toBe('# Notes\n\n- three\n- one\n');
    expect((await test.memory.notes.read({ space: 'alpha' })).notes).toMatchObject([{ content: 'two' }]);
    await undo(test, commits[0]);
    expect(await read(test, 'notes.md')).toBe('# Notes\n\n- three\n');
  });

  it('refuses where an edit by hand stands between', async () => {
    const test = await openMemory();
    await write(test, 'a\nb\n');
    const { commit } = await write(test, 'a\nB\n');
    await test.store.put('alpha/bank/a.md', 'a\nB\nby hand\n');
    await test.memory.bank.readAll({ space: 'alpha' });
    await expect(undo(test, commit)).rejects.toBeInstanceOf(UndoConflictError);
  });

  it('brings the notes of a consolidation back, once, under new names, and their text out of the bank', async () => {
    const test = await openMemory();
    const { filename } = await test.note('a fact');
    const { commits } = await test.consolidate();
    const undone = await undo(test, commits[0]);
    expect(undone.notesRestored).toBe(1);
    const { notes } = await test.another().notes.read({ space: 'alpha' });
    expect(notes).toMatchObject([{ content: 'a fact', agent: 'cline' }]);
    expect(notes[0]?.filename).not.toBe(filename);
    expect((await test.memory.bank.readAll({ space: 'alpha' })).documents).toEqual([]);
    expect(await test.keys('alpha/live/')).toHaveLength(1);
  });

  it('cannot be done twice, but can itself be undone: the notes are where they were', async () => {
    const test = await openMemory();
    await test.note('a fact');
    const { commits } = await test.consolidate();
    const text = await read(test, 'notes.md');
    const undone = await undo(test, commits[0]);
    await expect(undo(test, commits[0])).rejects.toMatchObject({ code: 'UNDO_CONFLICT', inTheWay: undone.commit });
    await undo(test, undone.commit);
    expect(await read(test, 'notes.md')).toBe(text);
    expect((await test.memory.notes.read({ space: 'alpha' })).notes).toEqual([]);
    expect((await undo(test, commits[0])).notesRestored).toBe(1);
    expect((await test.memory.notes.read({ space: 'alpha' })).notes).toHaveLength(1);
  });

  it('of an undo is refused once its notes were consolidated again', async () => {
    const test = await openMemory();
    await test.note('a fact');
    const first = await test.consolidate();
    const undone = await undo(test, first.commits[0]);
    await test.consolidate();
    await expect(undo(test, undone.commit)).rejects.toBeInstanceOf(UndoConflictError);
  });

  it('of an undo whose notes were consolidated again puts them back where they were, once that is undone', async () => {
    const test = await openMemory();
    const live = async () => (await test.memory.notes.read({ space: 'alpha' })).notes.map(({ content }) => content);
    const first = await consolidated(test, 'a fact');
    const text = await read(test, 'notes.md');
    const undone = await undo(test, first);
    const second = (await test.consolidate()).commits[0];
    await expect(undo(test, undone.commit)).rejects.toMatchObject({ inTheWay: second });
    await undo(test, second);
    await undo(test, undone.commit);
    expect([await live(), await read(test, 'notes.md')]).toEqual([[], text]);
    expect((await undo(test, first)).notesRestored).toBe(1);
    expect(await live()).toEqual(['a fact']);
  });

  it('of the undo of an undo is refused where the first change was undone anew: its notes would be live twice', async () => {
    const test = await openMemory();
    const first = await consolidated(test, 'a fact');
    const redone = await undo(test, (await undo(test, first)).commit);
    const anew = await undo(test, first);
    await expect(undo(test, redone.commit)).rejects.toMatchObject({ inTheWay: anew.commit });
    expect((await test.memory.notes.read({ space: 'alpha' })).notes).toHaveLength(1);
    await undo(test, anew.commit);
    expect((await undo(test, redone.commit)).notesRestored).toBe(1);
    expect((await test.memory.notes.read({ space: 'alpha' })).notes).toHaveLength(1);
  });

  it('brings a note back once, though two undos that would are made at the same time and change no document', async () => {
    const test = await openMemory();
    await test.note('an old fact');
    test.clock.advance(30 * 86_400_000);
    await test.memory.notes.gc({ space: 'alpha', maxAgeDays: 7, mode: 'delete' });
    const redone = await undo(test, (await undo(test, 2)).commit);
    let raced = false;
    const put: typeof test.store.put = async (key, ...more) => {
      if (key.endsWith('_commits/0000000005.json') && !raced) {
        raced = true;
        await undo(test, 2);
      }
      return test.store.put(key, ...more);
    };
    const slow = test.another(undefined, { ...test.store, put });
    await expect(slow.bank.undo({ ...alpha, commit: redone.commit })).rejects.toMatchObject({ inTheWay: 5 });
    expect((await test.another().notes.read({ space: 'alpha' })).notes).toHaveLength(1);
  });

  it('reads later commits twenty at once, whatever the length of the log', async () => {
    const test = await openMemory();
    const { commit = 0 } = await write(test, 'old');
    for (let n = 0; n < 58; n++) await test.another().bank.write({ ...alpha, filename: 'b.md', content: `${n}` });
    test.counting.reset();
    const most = { together: 0 };
    const getMany: typeof test.counting.store.getMany = (keys) => {
      if (keys.some((key) => key.includes('_commits'))) most.together = Math.max(most.together, keys.length);
      return test.counting.store.getMany(keys);
    };
    const other = test.another(undefined, { ...test.counting.store, getMany });
    await other.bank.undo({ ...alpha, commit });
    expect(most.together).toBe(20);
  });

  it('knows which commits there are, and which began the space', async () => {
    const test = await openMemory();
    await expect(undo(test, 99)).rejects.toBeInstanceOf(CommitNotFoundError);
    await expect(undo(test, 1)).rejects.toBeInstanceOf(UndoConflictError);
  });
});

describe('an undo that is refused', () => {
  it('goes by what stands: a later change that was undone at once is not in the way', async () => {
    const test = await openMemory();
    await write(test, textOf(['a', 'b', 'c']));
    const mine = await write(test, textOf(['a', 'B', 'c']));
    const other = await write(test, textOf(['a', 'BB', 'c']));
    await undo(test, other.commit);
    await write(test, textOf(['a', 'B', 'c', 'd']));
    await undo(test, mine.commit);
    expect(await read(test)).toBe(textOf(['a', 'b', 'c', 'd']));
  });

  it('goes around a later change that was undone across others, which stay', async () => {
    const test = await openMemory();
    await write(test, textOf(['a', 'b', 'c', 'd', 'e']));
    const mine = await write(test, textOf(['a', 'B', 'c', 'd', 'e']));
    const other = await write(test, textOf(['a', 'BB', 'and more', 'c', 'd', 'e']));
    await write(test, textOf(['top', 'a', 'BB', 'and more', 'c', 'd', 'E']));
    await undo(test, other.commit);
    await undo(test, mine.commit);
    expect(await read(test)).toBe(textOf(['top', 'a', 'b', 'c', 'd', 'E']));
  });

  it('names a commit that can be undone: following its advice leads to the end', async () => {
    const test = await openMemory();
    await write(test, textOf(['a', 'b', 'c', 'd', 'e']));
    const mine = await write(test, textOf(['a', 'B', 'c', 'd', 'e']));
    await write(test, textOf(['a', 'BB', 'c', 'd', 'e']));
    await write(test, textOf(['a', 'BBB', 'c', 'd', 'E']));
    const advised: unknown[] = [];
    for (let step = 0; step < 5; step++) {
      const refused = await undo(test, mine.commit).catch((error: unknown) => error);
      if (!(refused instanceof UndoConflictError)) break;
      advised.push(refused.inTheWay);
      const { inTheWay } = await undo(test, refused.inTheWay).then(
        () => ({ inTheWay: undefined }),
        (error: unknown) => error as UndoConflictError,
      );
      if (inTheWay !== undefined) await undo(test, inTheWay);
    }
    expect(await read(test)).toBe(textOf(['a', 'b', 'c', 'd', 'e']));
    expect(advised.length).toBeGreaterThan(0);
  });

  it('says so where a person edited the document since', async () => {
    const test = await openMemory();
    await write(test, textOf(['a', 'b', 'c']));
    const mine = await write(test, textOf(['a', 'B', 'c']));
    await test.store.put('alpha/bank/a.md', textOf(['a', 'B', 'c', 'by hand']));
    await test.memory.bank.readAll({ space: 'alpha' });
    await expect(undo(test, mine.commit)).rejects.toThrow('was edited by hand since, in commit 4');
  });
});

describe('the synthesis, when consolidations are undone', () => {
  it('is the one before, where that still tells the truth', async () => {
    const test = await openMemory(countingConsolidator);
    await consolidated(test, 'one');
    await undo(test, await consolidated(test, 'two'));
    expect(await synthesis(test)).toBe('1 documents\n');
  });

  it('is gone where none tells the truth any more, with a warning, until the next consolidation', async () => {
    const test = await openMemory(countingConsolidator);
    const commits = [await consolidated(test, 'one'), await consolidated(test, 'two')];
    await test.memory.bank.write({ ...alpha, filename: 'x.md', content: 'x' });
    expect((await undo(test, commits[0])).warnings).toEqual([expect.stringContaining('synthesis')]);
    expect(await synthesis(test)).toBeUndefined();
    await test.consolidate();
    expect(await synthesis(test)).toMatch(/documents/);
  });

  it('stays where a person wrote it', async () => {
    const test = await openMemory(countingConsolidator);
    const commit = await consolidated(test, 'one');
    await test.store.put('alpha/_synthesis.md', 'By hand.\n');
    await test.memory.spaces.summary({ space: 'alpha' });
    expect((await undo(test, commit)).warnings).toEqual([expect.stringContaining('person')]);
    expect(await synthesis(test)).toBe('By hand.\n');
  });
});

describe('the counters, when consolidations are undone', () => {
  it('count the notes that are in the bank, through undo and redo', async () => {
    const test = await openMemory();
    await test.note('one');
    await test.note('two');
    const { commits } = await test.consolidate();
    const counted = async () =>
      (JSON.parse((await test.store.get('alpha/_meta.json'))?.body ?? '') as { total_notes_processed: number })
        .total_notes_processed;
    const undone = await undo(test, commits[0]);
    expect(await counted()).toBe(0);
    await undo(test, undone.commit);
    expect(await counted()).toBe(2);
    await undo(test, commits[0]);
    expect(await counted()).toBe(0);
  });
});

/** A document for each note, and a synthesis that counts them. */
const countingConsolidator = answering(({ documents, notes }) => ({
  edits: notes.map(({ content, id }) => ({
    operation: 'create',
    filename: `${content}-${id.slice(-8)}.md`,
    content,
    notes: [id],
  })),
  fates: notes.map(({ id }) => ({ note: id, fate: 'integrated' })),
  synthesis: `${documents.length + notes.length} documents\n`,
}));
