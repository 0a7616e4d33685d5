import { describe, expect, it } from '@jest/globals';
import { DocumentNotFoundError, StoreRefusedError } from '@live-mem/core';
import { audit } from '../log/judging/audit.ts';
import { openMemory } from '../open-memory.ts';
import { objectsOf } from './objects.ts';
import { alpha, leaks, notesOf, read, redact, SECRET, STARS, write } from './with-secret.ts';

describe('the past after a redaction', () => {
  it('is traced to the notes it came from, not to the redaction', async () => {
    const test = await openMemory();
    const { filename } = await test.note(`fact ${SECRET}`);
    await test.consolidate();
    const before = await test.memory.bank.trace({ space: 'alpha', filename: 'notes.md' });
    await redact(test);
    const after = await test.memory.bank.trace({ space: 'alpha', filename: 'notes.md' });
    expect(JSON.stringify(after)).toContain(filename);
    expect(after.commits.map(({ commit }) => commit)).toEqual(before.commits.map(({ commit }) => commit));
  });

  it('can be compared and undone as before, with stars', async () => {
    const test = await openMemory();
    await write(test, 'a.md', `${SECRET}\nb\nc\n`);
    await write(test, 'a.md', `${SECRET}\nb\nC ${SECRET}\n`);
    await write(test, 'a.md', `new\n${SECRET}\nb\nC ${SECRET}\n`);
    const patch = await test.memory.bank.diff({ space: 'alpha', commit: 3 });
    await redact(test);
    for (const memory of [test.memory, test.another()]) {
      expect(await memory.bank.diff({ space: 'alpha', commit: 3 })).toBe(patch.replaceAll(SECRET, STARS));
    }
    await test.memory.bank.undo({ ...alpha, commit: 4 });
    await test.memory.bank.undo({ ...alpha, commit: 3 });
    expect(await read(test, 'a.md')).toBe(`${STARS}\nb\nc\n`);
    expect(await audit(await objectsOf(test.store))).toBeUndefined();
  });

  it('is undone one change after the other, and the redaction is never the one to undo first', async () => {
    const test = await openMemory();
    await write(test, 'a.md', `${SECRET}\n`);
    await write(test, 'a.md', `${SECRET}\nb\n`);
    await redact(test);
    const undo = (commit: number) => test.memory.bank.undo({ ...alpha, commit });
    await expect(undo(2)).rejects.toMatchObject({ message: expect.stringContaining('undo that one'), inTheWay: 3 });
    await undo(3);
    await undo(2);
    await expect(read(test, 'a.md')).rejects.toThrow(DocumentNotFoundError);
  });

  it.each([
    ['that made the document', [`one ${SECRET}\n`]],
    ['of the same line', ['one\n', `one ${SECRET}\n`]],
  ])(
    'keeps a change %s while the redaction is broken off half done: it says that a secret was taken out',
    async (_, texts) => {
      const test = await openMemory();
      let last = 0;
      for (const text of texts) last = (await write(test, 'a.md', text)).commit ?? 0;
      const refusing = test.another(undefined, {
        ...test.store,
        put: (key, body, only) =>
          key.endsWith(`/000000000${last}.json`)
            ? Promise.reject(new StoreRefusedError('no'))
            : test.store.put(key, body, only),
      });
      await expect(refusing.spaces.redact({ ...alpha, text: SECRET })).rejects.toThrow(StoreRefusedError);
      await expect(test.memory.bank.undo({ ...alpha, commit: last })).rejects.toMatchObject({
        message: expect.stringMatching(/^a secret was taken out of a\.md there since, in commit \d: /),
        inTheWay: last + 1,
      });
    },
  );

  it('gives notes back that were consumed or thrown away, with stars', async () => {
    const test = await openMemory();
    await test.note(`filed ${SECRET}`);
    const { commits } = await test.consolidate();
    await test.note(`old ${SECRET}`);
    const gone = await test.memory.notes.gc({ ...alpha, mode: 'delete', maxAgeDays: 0 });
    await redact(test);
    await test.memory.bank.undo({ ...alpha, commit: gone.commits[0] ?? 0 });
    await test.memory.bank.undo({ ...alpha, commit: commits[0] ?? 0 }).catch(() => undefined);
    expect((await notesOf(test)).map(({ content }) => content)).toContain(`old ${STARS}`);
    expect(await leaks(test)).toEqual([]);
  });

  it('takes a note back out that was brought back before, under the name it has now', async () => {
    const test = await openMemory();
    await test.note(`fact ${SECRET}`);
    const { commits } = await test.consolidate();
    const undone = await test.memory.bank.undo({ ...alpha, commit: commits[0] ?? 0 });
    await redact(test);
    await test.memory.bank.undo({ ...alpha, commit: undone.commit });
    expect(await notesOf(test)).toEqual([]);
    expect(await read(test, 'notes.md')).toContain(`fact ${STARS}`);
    expect(await audit(await objectsOf(test.store))).toBeUndefined();
  });

  it('may have lost its texts to trimming: what is left of it is cleaned', async () => {
    const test = await openMemory();
    await write(test, 'a.md', `${SECRET} 1\n`);
    await write(test, 'a.md', `${SECRET} 2\n`);
    test.clock.advance(8 * 86_400_000);
    await write(test, 'b.md', 'b\n');
    await write(test, 'a.md', `${SECRET} 3\n`);
    const { trimmed } = await test.memory.bank.trim({ space: 'alpha' });
    expect(trimmed).toContain(2);
    await redact(test);
    expect(await leaks(test)).toEqual([]);
    await test.memory.bank.undo({ ...alpha, commit: 5 });
    expect(await read(test, 'a.md')).toBe(`${STARS} 2\n`);
  });
});
