import { describe, expect, it } from '@jest/globals';
import { NewerFormatError, SpaceNotFoundError, StoreRefusedError } from '@live-mem/core';
import { audit } from '../log/judging/audit.ts';
import { openMemory } from '../open-memory.ts';
import { objectsOf } from './objects.ts';
import { alpha, leaks, read, redact, SECRET, STARS, write } from './with-secret.ts';

describe('what a redaction cannot change', () => {
  it('are names, which are told', async () => {
    const test = await openMemory();
    await write(test, 'hunter2.md', 'x');
    await write(test, 'gone-hunter2.md', 'hunter2');
    await test.memory.bank.delete({ ...alpha, filename: 'gone-hunter2.md' });
    const { filename } = await test.note('x', { agent: 'hunter2' });
    const { names, left = [] } = await redact(test, { text: 'hunter2' });
    const shown = [filename, 'gone-hunter2.md', 'hunter2.md'].map((name) => name.replace('hunter2', '*******'));
    expect(names.toSorted()).toEqual(shown.toSorted());
    expect(left.every((key) => key.includes('/_commits/'))).toBe(true);
    expect(await leaks(test, 'hunter2')).toEqual(left);
  });

  it('are names, which the answer does not repeat with the secret, wherever it tells them', async () => {
    const test = await openMemory();
    await write(test, 'of-hunter2.md', 'hunter2');
    await test.note('hunter2, filed', { agent: 'old-hunter2' });
    const [filed] = await test.keys('alpha/live/');
    const text = (await test.store.get(filed ?? ''))?.body ?? '';
    await test.consolidate();
    await test.store.put(filed ?? '', text);
    await test.note('hunter2', { agent: 'hunter2' });
    await test.store.put('alpha/hunter2.txt', 'hunter2');
    for (const dryRun of [true, false]) {
      const found = await redact(test, { text: 'hunter2', dryRun });
      expect(found.documents).toContain('of-*******.md');
      expect([found.notes.length, found.leftovers.length]).toEqual([1, 1]);
      expect(dryRun || found.left?.includes('alpha/*******.txt')).toBe(true);
      expect(JSON.stringify(found)).not.toContain('hunter2');
    }
    expect(JSON.stringify(await redact(test, { text: 'hunter2' }))).not.toContain('hunter2');
  });

  it('are objects of other programs and damaged ones, which are told by their keys', async () => {
    const test = await openMemory();
    await write(test, 'a.md', SECRET);
    await test.store.put('alpha/graph.txt', SECRET);
    expect(await redact(test)).toMatchObject({ left: ['alpha/graph.txt'] });
    expect(await redact(test)).toMatchObject({ documents: [], left: ['alpha/graph.txt'] });
  });

  it('is a log in which a later version writes: nothing is changed then', async () => {
    const test = await openMemory();
    await write(test, 'a.md', SECRET);
    await write(test, 'a.md', 'clean');
    const key = 'alpha/_commits/0000000002.json';
    const body = (await test.store.get(key))?.body ?? '';
    await test.store.put(key, body.replace('"format": 1', '"format": 99'));
    const before = await objectsOf(test.store);
    await expect(redact(test)).rejects.toThrow(NewerFormatError);
    expect(await objectsOf(test.store)).toBe(before);
  });

  it('is a document that the store does not take: the log keeps its text until it does', async () => {
    const test = await openMemory();
    await write(test, 'a.md', SECRET);
    const refusing = test.another(undefined, {
      ...test.store,
      put: (...request) =>
        request[0] === 'alpha/bank/a.md' ? Promise.reject(new StoreRefusedError('no')) : test.store.put(...request),
    });
    await expect(refusing.spaces.redact({ ...alpha, text: SECRET })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    expect(await read(test, 'a.md')).toBe(STARS);
    expect(await redact(test)).toMatchObject({ left: [] });
    expect(await leaks(test)).toEqual([]);
    expect(await audit(await objectsOf(test.store))).toBeUndefined();
  });
});

describe('what is asked', () => {
  it.each([
    ['three characters', 'abc'],
    ['white space', '   \n '],
    ['three characters in white space', ' a b '],
    ['stars', '* *\n**'],
    ['more than 10,000 characters', 'x'.repeat(10_001)],
    ['no Unicode text', 'half \uD800 of it'],
    ['a NUL', 'nul\0nul'],
  ])('must be a secret: %s is refused', async (_, text) => {
    const test = await openMemory();
    await expect(redact(test, { text })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('is asked by a caller, or by whoever holds the store: nothing else is taken for one', async () => {
    const { memory } = await openMemory();
    const asked = memory.spaces.redact({ ...alpha, text: SECRET, caller: JSON.parse('{}') });
    await expect(asked).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('is in no error', async () => {
    const { memory } = await openMemory();
    const text = 'x'.repeat(10_001);
    await expect(memory.spaces.redact({ space: 'alpha', text })).rejects.not.toThrow(text);
  });

  it('must be of a space that exists', async () => {
    const test = await openMemory();
    await expect(test.memory.spaces.redact({ space: 'nowhere', text: SECRET })).rejects.toThrow(SpaceNotFoundError);
    await test.memory.spaces.delete(alpha);
    await expect(redact(test)).rejects.toThrow(SpaceNotFoundError);
  });
});
