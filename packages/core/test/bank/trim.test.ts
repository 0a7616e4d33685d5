import { describe, expect, it } from '@jest/globals';
import { InvalidInputError, SpaceNotFoundError, UndoConflictError } from '@live-mem/core';
import { decodeCommit, encodeCommit } from '../../src/log/commit.ts';
import { stubOf } from '../../src/log/stub.ts';
import { appendingConsolidator, openMemory, type TestMemory } from '../open-memory.ts';

const space = 'alpha';
const DAY = 86_400_000;
const secret = 'an old text é';
const write = ({ memory }: TestMemory, content: string, filename = 'a.md') =>
  memory.bank.write({ space, actor: 'me', filename, content });
const keyOf = (n: number): string => `alpha/_commits/${String(n).padStart(10, '0')}.json`;

async function stored({ store }: TestMemory): Promise<{ stub?: true; op: string }[]> {
  const commits: { stub?: true; op: string }[] = [];
  for (let n = 1; ; n++) {
    const found = await store.get(keyOf(n));
    if (!found) return commits;
    commits.push(JSON.parse(found.body) as { stub?: true; op: string });
  }
}

/** The numbers of the stubs there are. */
async function stubs(test: TestMemory): Promise<number[]> {
  return (await stored(test)).flatMap(({ stub }, at) => (stub ? [at + 1] : []));
}

/** As somebody who trims too much would. */
async function makeStub({ store }: TestMemory, n: number): Promise<void> {
  const { body } = (await store.get(keyOf(n))) ?? { body: '' };
  await store.put(keyOf(n), encodeCommit(stubOf(decodeCommit('k', body))));
}

/**
 * 1 creates; 2 to 4 write a.md, 5 writes b.md, which stays; nine days later 6 consolidates a note and 7 writes a.md again.
 */
async function aged(): Promise<TestMemory> {
  const test = await openMemory();
  await write(test, `${secret}\n`);
  await write(test, 'second\n');
  await write(test, 'third\n');
  await write(test, 'b\n', 'b.md');
  test.clock.advance(9 * DAY);
  await test.note('a fact');
  await test.consolidate();
  await write(test, 'young\n');
  return test;
}

/** The same after another process trimmed it, in a process that has read nothing. */
async function trimmed(): Promise<TestMemory> {
  const test = await aged();
  await test.another().bank.trim({ space });
  return { ...test, memory: test.another() };
}

describe('trimming', () => {
  it('takes the texts out of old commits, but for those that the bank or a younger change needs', async () => {
    const test = await aged();
    expect(await test.memory.bank.trim({ space })).toMatchObject({ trimmed: [2, 3], kept: 5 });
    // 1 holds the rules, 5 holds b.md, and 4 what commit 7 replaced.
    expect(await stubs(test)).toEqual([2, 3]);
    expect((await test.store.get(keyOf(2)))?.body).not.toContain(secret);
  });

  it('without doing it tells the same, and writes nothing', async () => {
    const test = await aged();
    const before = await stored(test);
    test.counting.reset();
    const planned = await test.memory.bank.trim({ space, dryRun: true });
    expect(test.counting.counts().byOperation['put']).toBeUndefined();
    expect(await stored(test)).toEqual(before);
    expect(await test.memory.bank.trim({ space })).toEqual(planned);
    expect(planned.bytesFreed).toBeGreaterThan(0);
  });

  it('frees as many bytes as it says', async () => {
    const test = await aged();
    const sizes = async (): Promise<number> => {
      const bodies = await Promise.all((await test.keys('alpha/_commits/')).map((key) => test.store.get(key)));
      return bodies.reduce((sum, found) => sum + Buffer.byteLength(found?.body ?? ''), 0);
    };
    const before = await sizes();
    const { bytesFreed } = await test.memory.bank.trim({ space });
    expect(before - (await sizes())).toBe(bytesFreed);
  });

  it('can be done again, and goes on where it was broken off', async () => {
    const test = await aged();
    await test.memory.bank.trim({ space });
    expect(await test.another().bank.trim({ space })).toEqual({ trimmed: [], kept: 5, bytesFreed: 0 });
    test.clock.advance(9 * DAY);
    await write(test, 'newest\n');
    expect(await test.another().bank.trim({ space })).toMatchObject({ trimmed: [4] });
  });

  it('spares what is not older than was asked for, which is seven days at least', async () => {
    const test = await aged();
    expect(await test.memory.bank.trim({ space, olderThanDays: 10 })).toMatchObject({ trimmed: [] });
    for (const olderThanDays of [6, 0, -1, 7.5, 36_501])
      await expect(test.memory.bank.trim({ space, olderThanDays })).rejects.toBeInstanceOf(InvalidInputError);
    await expect(test.memory.bank.trim({ space: 'beta' })).rejects.toBeInstanceOf(SpaceNotFoundError);
  });

  it('spares the head, however old, and what the objects are not known to show', async () => {
    const test = await aged();
    test.clock.advance(400 * DAY);
    await test.store.put('alpha/_head.json', '{"settled":3}');
    expect(await test.another().bank.trim({ space })).toMatchObject({ trimmed: [2] });
    await test.store.put('alpha/_head.json', '{"settled":7}');
    await write(test, 'newest\n');
    expect((await test.another().bank.trim({ space })).trimmed).not.toContain(8);
  });

  it('passes over commits that cannot be read, and leaves earlier lives alone', async () => {
    const test = await aged();
    await test.store.put(keyOf(2), '{"half');
    await test.store.put(keyOf(3), JSON.stringify({ format: 9 }));
    expect(await test.another().bank.trim({ space })).toMatchObject({ trimmed: [] });
    expect((await test.store.get(keyOf(2)))?.body).toBe('{"half');
    await test.memory.spaces.delete({ space });
    await test.memory.spaces.create({ space });
    expect(await test.memory.bank.trim({ space })).toMatchObject({ trimmed: [], kept: 1 });
  });

  it('does not write over a commit that was changed since it was read', async () => {
    const test = await aged();
    const other = test.another();
    await other.bank.trim({ space, dryRun: true });
    const [{ body }, both] = [(await test.store.get(keyOf(2))) ?? { body: '' }, test.another().bank.trim({ space })];
    await Promise.all([both, other.bank.trim({ space }), test.memory.bank.trim({ space })]);
    expect(await stubs(test)).toEqual([2, 3]);
    expect(JSON.parse((await test.store.get(keyOf(2)))?.body ?? '')).toMatchObject({
      op: (JSON.parse(body) as { op: string }).op,
    });
  });

  it('costs two requests for each commit, and one more for each that is trimmed', async () => {
    const test = await openMemory();
    for (let n = 2; n <= 20; n++) await write(test, `${n}\n`);
    test.clock.advance(9 * DAY);
    await write(test, 'young\n');
    await test.memory.bank.history({ space, limit: 30 });
    test.counting.reset();
    expect((await test.memory.bank.trim({ space })).trimmed).toHaveLength(18);
    expect(test.counting.counts().byOperation).toMatchObject({ list: 1, get: 18, put: 18 });
  });
});

describe('after trimming', () => {
  it('the bank reads as before, and younger changes can be compared and undone', async () => {
    const test = await trimmed();
    const { documents } = await test.memory.bank.readAll({ space });
    expect(documents.map(({ content }) => content)).toEqual(['young\n', 'b\n', expect.stringContaining('a fact')]);
    expect(await test.memory.bank.diff({ space, commit: 7 })).toContain('-third\n+young\n');
    await test.memory.bank.undo({ space, commit: 7 });
    await test.memory.bank.undo({ space, commit: 6 });
    expect((await test.memory.bank.read({ space, filename: 'a.md' })).content).toBe('third\n');
    expect((await test.memory.notes.read({ space })).notes).toMatchObject([{ content: 'a fact' }]);
  });

  it('a document whose object is damaged still comes from the log', async () => {
    const test = await trimmed();
    for (const name of ['a.md', 'b.md']) await test.store.delete(`alpha/bank/${name}`);
    const { documents } = await test.memory.bank.readAll({ space });
    expect(documents.slice(0, 2).map(({ content }) => content)).toEqual(['young\n', 'b\n']);
  });

  it('the history tells which commits it was', async () => {
    const { commits } = await (await trimmed()).memory.bank.history({ space });
    expect(commits.filter((commit) => commit.trimmed).map(({ commit }) => commit)).toEqual([3, 2]);
    expect(commits.find(({ commit }) => commit === 2)).toMatchObject({ kind: 'write', actor: 'me', files: ['a.md'] });
  });

  it('a comparison says from which commit on there are texts', async () => {
    const { memory } = await trimmed();
    const error = await memory.bank.diff({ space, commit: 3 }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ message: expect.stringMatching(/no longer kept: compare commits from 4 on$/) });
    await expect(memory.bank.diff({ space, from: 2, commit: 7 })).rejects.toBeInstanceOf(InvalidInputError);
    expect(await memory.bank.diff({ space, from: 4, commit: 7, filename: 'a.md' })).toContain('-third\n+young\n');
    // What needs no text of it can be told all the same.
    expect(await memory.bank.diff({ space, from: 2, commit: 7, filename: 'b.md' })).toContain('+b\n');
  });

  it('an undo says that a commit is too old', async () => {
    const { memory } = await trimmed();
    const error = await memory.bank.undo({ space, commit: 2 }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UndoConflictError);
    expect(error).toMatchObject({ message: expect.stringContaining('too old'), inTheWay: undefined });
    // Commit 4 is kept for what commit 7 replaced, but what it replaced itself is gone.
    await expect(memory.bank.undo({ space, commit: 4 })).rejects.toThrow('too old');
  });

  it('an undo does not guess where its lines are after a change whose texts are gone', async () => {
    const test = await openMemory();
    await write(test, 'a\nb\nc\nd\n');
    const mine = await write(test, 'a\nB\nc\nd\n');
    await write(test, 'top\na\nB\nc\nd\n');
    await write(test, 'top\na\nB\nc\nd\nend\n');
    await makeStub(test, 4);
    await expect(test.another().bank.undo({ space, commit: mine.commit ?? 0 })).rejects.toThrow('too old');
  });

  it('a trace tells what it knows, and that older texts are no longer kept', async () => {
    const test = await openMemory();
    await write(test, 'one\n');
    await write(test, 'one\ntwo\n');
    test.clock.advance(9 * DAY);
    await write(test, 'one\ntwo\nthree\n');
    await test.memory.bank.trim({ space });
    expect(await test.another().bank.trace({ space, filename: 'a.md' })).toMatchObject({
      commits: [
        { commit: 4, bytes: 6 },
        { commit: 3, bytes: 4 },
      ],
      unknownBytes: 4,
      incomplete: expect.stringContaining('commit 2 are no longer kept'),
    });
  });

  it('a reader that meets a stub, since the bank moved on while it read, starts again', async () => {
    const test = await aged();
    await test.store.delete('alpha/bank/b.md');
    let met = 0;
    const moving = async (keys: readonly string[]): ReturnType<typeof test.store.getMany> => {
      if (keys.includes(keyOf(5)) && met++ === 0) {
        await write(test, 'moved on\n', 'b.md');
        await test.store.delete('alpha/bank/b.md');
        await makeStub(test, 5);
      }
      return test.store.getMany(keys);
    };
    const get: typeof test.store.get = async (key) => {
      const [found] = await moving([key]);
      if (found && !('body' in found)) throw found;
      return found;
    };
    const other = test.another(appendingConsolidator, { ...test.store, get, getMany: moving });
    const { documents } = await other.bank.readAll({ space });
    expect([met > 0, documents.find(({ filename }) => filename === 'b.md')?.content]).toEqual([true, 'moved on\n']);
  });

  it('the text of a stub is never taken for an empty one', async () => {
    const test = await aged();
    for (const n of [4, 5]) await makeStub(test, n);
    await test.store.delete('alpha/bank/a.md');
    await test.store.delete('alpha/bank/b.md');
    await expect(test.another().bank.readAll({ space })).rejects.toMatchObject({ code: 'UNREADABLE_OBJECT' });
  });
});
