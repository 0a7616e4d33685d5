import { describe, expect, it } from '@jest/globals';
import {
  createLiveMemory,
  DocumentNotFoundError,
  InvalidInputError,
  type ObjectStore,
  SpaceNotFoundError,
  StoreRefusedError,
  UnreadableObjectError,
} from '@live-mem/core';
import { appendingConsolidator, openMemory } from '../open-memory.ts';

const alpha = { space: 'alpha', actor: 'me' };

describe('writing documents', () => {
  it('stores the text byte for byte, as a commit', async () => {
    const { memory, store } = await openMemory();
    const content = '\uFEFF# Titre\r\n\r\n\tÀ faire\n\n\n```\n# no heading\n```';
    expect(await memory.bank.write({ ...alpha, filename: 'team/notes.md', content })).toEqual({
      status: 'created',
      size: 46,
      commit: 2,
    });
    expect((await store.get('alpha/bank/team/notes.md'))?.body).toBe(content);
    expect(await memory.bank.read({ space: 'alpha', filename: 'team/notes.md' })).toMatchObject({ content });
  });

  it('makes no commit for a text that is there already', async () => {
    const { memory, keys } = await openMemory();
    await memory.bank.write({ ...alpha, filename: 'a.md', content: 'x' });
    const before = await keys();
    expect(await memory.bank.write({ ...alpha, filename: 'a.md', content: 'x' })).toEqual({
      status: 'unchanged',
      size: 1,
    });
    expect(await keys()).toEqual(before);
  });

  it('leaves documents with the same name in other folders alone', async () => {
    const { memory } = await openMemory();
    await memory.bank.write({ ...alpha, filename: 'team/notes.md', content: 'theirs' });
    await memory.bank.write({ ...alpha, filename: 'notes.md', content: 'mine' });
    await memory.bank.delete({ ...alpha, filename: 'notes.md' });
    expect((await memory.bank.readAll({ space: 'alpha' })).documents).toMatchObject([
      { filename: 'team/notes.md', content: 'theirs' },
    ]);
  });

  it('loses none of sixteen writers at once in one process, each document the last one written', async () => {
    const { memory } = await openMemory();
    const writes = Array.from({ length: 16 }, (_, n) =>
      memory.bank.write({ ...alpha, filename: `d${n % 4}.md`, content: `text ${n}` }),
    );
    const made = await Promise.all(writes);
    expect(new Set(made.map(({ commit }) => commit)).size).toBe(16);
    const { documents } = await memory.bank.readAll({ space: 'alpha' });
    const last = (d: number) =>
      made
        .map(({ commit = 0 }, n) => ({ commit, n }))
        .filter(({ n }) => n % 4 === d)
        .toSorted((a, b) => b.commit - a.commit)[0]?.n;
    expect(documents.map(({ content }) => content)).toEqual([0, 1, 2, 3].map((d) => `text ${last(d)}`));
  });

  it.each([
    '../x.md',
    'a/../../x.md',
    '/etc/x.md',
    'x',
    'a//b.md',
    '.md',
    'a\\b.md',
    'a\u200Bb.md',
    'a\nb.md',
    ' a.md',
    `${'x'.repeat(300)}.md`,
    'a:b.md',
    'bank/x.md',
    'MEMORY_BANK/x.md',
    'x.md/y.md',
    '_rules.md',
  ])('refuses the name %j for reading, writing and deleting, and changes nothing', async (filename) => {
    const { memory, keys } = await openMemory();
    const before = await keys();
    await expect(memory.bank.write({ ...alpha, filename, content: '' })).rejects.toBeInstanceOf(InvalidInputError);
    await expect(memory.bank.read({ space: 'alpha', filename })).rejects.toBeInstanceOf(InvalidInputError);
    await expect(memory.bank.delete({ ...alpha, filename })).rejects.toBeInstanceOf(InvalidInputError);
    expect(await keys()).toEqual(before);
  });

  it.each([
    ['A.md', 'a.md'],
    ['cafe\u0301.md', 'caf\u00E9.md'],
    ['Team/b.md', 'team/c.md'],
  ])('refuses %j beside %j, which some file systems take for the same', async (filename, there) => {
    const { memory, keys } = await openMemory();
    await memory.bank.write({ ...alpha, filename: there, content: 'x' });
    const before = await keys();
    await expect(memory.bank.write({ ...alpha, filename, content: 'y' })).rejects.toThrow(there);
    expect(await keys()).toEqual(before);
  });

  it('shows the other documents where the store refuses one', async () => {
    const { store, clock } = await openMemory();
    const picky: ObjectStore = {
      ...store,
      put: (key, ...rest) =>
        key.endsWith('a.md') ? Promise.reject(new StoreRefusedError('not that name')) : store.put(key, ...rest),
    };
    const memory = createLiveMemory({ store: picky, consolidator: appendingConsolidator, clock });
    await memory.bank.write({ ...alpha, filename: 'a.md', content: 'a' });
    await memory.bank.write({ ...alpha, filename: 'b.md', content: 'b' });
    expect((await store.get('alpha/bank/b.md'))?.body).toBe('b');
    expect(await memory.bank.read({ space: 'alpha', filename: 'a.md' })).toMatchObject({ content: 'a' });
    expect((await store.get('alpha/_head.json'))?.body).toBe('{"settled":3}\n');
  });

  it('refuses a document over 2 MiB', async () => {
    const { memory } = await openMemory();
    const write = memory.bank.write({ ...alpha, filename: 'a.md', content: 'é'.repeat(1024 * 1024 + 1) });
    await expect(write).rejects.toBeInstanceOf(InvalidInputError);
  });

  it('says that a document or a space is not there', async () => {
    const { memory } = await openMemory();
    await expect(memory.bank.read({ space: 'alpha', filename: 'no.md' })).rejects.toBeInstanceOf(DocumentNotFoundError);
    await expect(memory.bank.delete({ ...alpha, filename: 'no.md' })).rejects.toBeInstanceOf(DocumentNotFoundError);
    await expect(
      memory.bank.write({ space: 'beta', actor: 'me', filename: 'a.md', content: '' }),
    ).rejects.toBeInstanceOf(SpaceNotFoundError);
  });
});

describe('reading the bank', () => {
  it('takes two listings, side by side, when nothing changed', async () => {
    const { memory, counting } = await openMemory();
    for (const filename of ['a.md', 'b.md']) await memory.bank.write({ ...alpha, filename, content: filename });
    await memory.bank.readAll({ space: 'alpha' });
    counting.reset();
    await memory.bank.readAll({ space: 'alpha' });
    expect(counting.counts()).toMatchObject({ roundTrips: 1, requests: 2, byOperation: { list: 2 } });
  });

  it('reads one document without the others', async () => {
    const { memory, another, counting } = await openMemory();
    for (const filename of ['a.md', 'b.md', 'c.md'])
      await another().bank.write({ ...alpha, filename, content: filename });
    await memory.bank.read({ space: 'alpha', filename: 'a.md' });
    counting.reset();
    await memory.bank.read({ space: 'alpha', filename: 'a.md' });
    expect(counting.counts()).toMatchObject({ requests: 2, roundTrips: 1, byOperation: { list: 1, get: 1 } });
  });

  it('answers with the log where an object lags behind, and puts right what nobody else will', async () => {
    const { memory, another, store } = await openMemory();
    await memory.bank.write({ ...alpha, filename: 'a.md', content: 'one' });
    await memory.bank.write({ ...alpha, filename: 'a.md', content: 'two' });
    await memory.bank.write({ ...alpha, filename: 'b.md', content: 'b' });
    await store.put('alpha/bank/a.md', 'one');
    expect(await another().bank.read({ space: 'alpha', filename: 'a.md' })).toMatchObject({ content: 'two' });
    expect((await store.get('alpha/bank/a.md'))?.body).toBe('two');
  });

  it('shows the other documents where one is unreadable, and the text the log has of that one', async () => {
    const { memory, another, store } = await openMemory();
    await memory.bank.write({ ...alpha, filename: 'a.md', content: 'a' });
    await memory.bank.write({ ...alpha, filename: 'b.md', content: 'b' });
    store.setBytes('alpha/bank/a.md', new Uint8Array([0xff]));
    const { documents } = await another().bank.readAll({ space: 'alpha' });
    expect(documents.map(({ content }) => content)).toEqual(['a', 'b']);
  });

  it('names what cannot be read, when it is read, listed or written over', async () => {
    const { memory, another, store } = await openMemory();
    await memory.bank.write({ ...alpha, filename: 'a.md', content: 'a' });
    for (const name of ['a.md', 'strange.md']) store.setBytes(`alpha/bank/${name}`, new Uint8Array([0xff]));
    const other = another();
    const { unreadable } = await other.bank.readAll({ space: 'alpha' });
    expect(unreadable.map(({ filename }) => filename)).toEqual(['a.md', 'strange.md']);
    expect((await other.spaces.summary({ space: 'alpha' })).unreadable).toHaveLength(2);
    await expect(other.bank.read({ space: 'alpha', filename: 'strange.md' })).rejects.toBeInstanceOf(
      UnreadableObjectError,
    );
    expect(await other.bank.write({ ...alpha, filename: 'a.md', content: 'new' })).toMatchObject({
      status: 'replaced',
      warning: expect.stringContaining('alpha/bank/a.md'),
    });
    expect(await other.bank.read({ space: 'alpha', filename: 'a.md' })).toMatchObject({ content: 'new' });
  });
});

describe('edits by hand', () => {
  it('become the text of the document, and what they replaced stays in the history', async () => {
    const { memory, store } = await openMemory();
    await memory.bank.write({ ...alpha, filename: 'a.md', content: 'written' });
    await store.put('alpha/bank/a.md', 'by hand');
    await store.put('alpha/bank/new.md', 'a new one');
    expect((await memory.bank.readAll({ space: 'alpha' })).documents.map(({ content }) => content)).toEqual([
      'by hand',
      'a new one',
    ]);
    const { commits } = await memory.bank.history({ space: 'alpha' });
    expect(commits[0]).toMatchObject({ kind: 'outside', files: ['a.md', 'new.md'] });
    expect(await memory.bank.diff({ space: 'alpha', commit: commits[0]?.commit ?? 0, filename: 'a.md' })).toContain(
      '-written\n',
    );
  });

  it('go into the log before a write replaces them', async () => {
    const { memory, store } = await openMemory();
    await memory.bank.write({ ...alpha, filename: 'a.md', content: 'written' });
    await store.put('alpha/bank/a.md', 'by hand');
    await memory.bank.write({ ...alpha, filename: 'a.md', content: 'written again' });
    const { commits } = await memory.bank.history({ space: 'alpha' });
    expect(commits.map(({ kind }) => kind)).toEqual(['write', 'outside', 'write', 'create']);
    expect(await memory.bank.read({ space: 'alpha', filename: 'a.md' })).toMatchObject({ content: 'written again' });
  });

  it('to the rules count too', async () => {
    const { memory, store } = await openMemory();
    await store.put('alpha/_rules.md', '# Mine\n');
    expect(await memory.spaces.rules({ space: 'alpha' })).toBe('# Mine\n');
  });

  it('a document deleted by hand is written again at once, also where the newest commit created it', async () => {
    const { memory, another, store } = await openMemory();
    await memory.bank.write({ ...alpha, filename: 'a.md', content: 'x' });
    await store.delete('alpha/bank/a.md');
    await another().bank.list({ space: 'alpha' });
    expect((await store.get('alpha/bank/a.md'))?.body).toBe('x');
  });

  it('a document deleted by hand is written again', async () => {
    const { memory, store } = await openMemory();
    await memory.bank.write({ ...alpha, filename: 'a.md', content: 'x' });
    await memory.bank.write({ ...alpha, filename: 'b.md', content: 'x' });
    await store.delete('alpha/bank/a.md');
    await memory.bank.readAll({ space: 'alpha' });
    expect((await store.get('alpha/bank/a.md'))?.body).toBe('x');
  });
});
