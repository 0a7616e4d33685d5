import { describe, expect, it } from '@jest/globals';
import { createLiveMemory, InvalidInputError, SpaceNotFoundError } from '@live-mem/core';
import { createMemoryObjectStore } from '@live-mem/core/memory';
import { createCountingStore, createManualClock } from '@live-mem/core/testing';
import { answering, appendingConsolidator, openMemory } from '../open-memory.ts';

const contents = (found: { notes: readonly { content: string }[] }): string[] =>
  found.notes.map(({ content }) => content);

describe('reading notes', () => {
  it('gives the newest first, also within one second', async () => {
    const { note, memory, clock } = await openMemory();
    for (const content of ['one', 'two', 'three']) {
      await note(content);
      clock.advance(400);
    }
    expect(contents(await memory.notes.read({ space: 'alpha' }))).toEqual(['three', 'two', 'one']);
  });

  it('pages through all of them by cursor, each once, and counts them', async () => {
    const { note, memory, clock } = await openMemory();
    for (let n = 0; n < 23; n++) {
      await note(`note ${n}`);
      clock.advance(1_000);
    }
    const first = await memory.notes.read({ space: 'alpha', limit: 5 });
    expect(first).toMatchObject({ total: 23, totalExact: true, hasMore: true });
    const seen = contents(first);
    for (let cursor = first.nextCursor; cursor !== undefined; ) {
      const page = await memory.notes.read({ space: 'alpha', limit: 5, cursor });
      seen.push(...contents(page));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(Array.from({ length: 23 }, (_, n) => `note ${22 - n}`));
  });

  it('decides by the name in the note whose it is, never by a part of the key', async () => {
    const { note, memory } = await openMemory();
    await note('by todo', { agent: 'todo' });
    await note('a todo', { agent: 'cline', category: 'todo' });
    await note('dotted', { agent: 'agent.cline' });
    await note('other', { agent: 'agent-cline' });
    const by = async (agent: string) => contents(await memory.notes.read({ space: 'alpha', agent }));
    expect(await by('todo')).toEqual(['by todo']);
    expect(await by('agent.cline')).toEqual(['dotted']);
    expect(await by('cline')).toEqual(['a todo']);
    expect(await by('agentcline')).toEqual([]);
  });

  it('filters by category and by moment, in any offset', async () => {
    const { note, memory, clock } = await openMemory();
    await note('early', { category: 'decision' });
    clock.advance(3_600_000);
    await note('late', { category: 'decision' });
    await note('later', { category: 'issue' });
    expect(contents(await memory.notes.read({ space: 'alpha', category: 'decision' }))).toEqual(['late', 'early']);
    const since = '2026-01-02T05:00:00+01:00';
    expect(contents(await memory.notes.read({ space: 'alpha', since, category: 'decision' }))).toEqual(['late']);
  });

  it('shows one unreadable note as such, and all the others', async () => {
    const { note, memory, store } = await openMemory();
    await note('fine');
    store.setBytes('alpha/live/20260101T000000_x_todo_00000001.md', new Uint8Array([0xff, 0xfe]));
    await store.put('alpha/live/20260101T000001_x_todo_00000002.md', 'no front matter');
    await store.put('alpha/live/.keep', '');
    const found = await memory.notes.read({ space: 'alpha' });
    expect(contents(found)).toEqual(['fine']);
    expect(found.unreadable.map(({ filename }) => filename)).toEqual([
      '20260101T000001_x_todo_00000002.md',
      '20260101T000000_x_todo_00000001.md',
    ]);
  });

  it('reads the newest 50 of 10,000 notes with 50 bodies and at most 4 listings, cold', async () => {
    const clock = createManualClock();
    const store = createMemoryObjectStore({ now: clock.now });
    const writer = createLiveMemory({ store, consolidator: appendingConsolidator, clock });
    await writer.spaces.create({ space: 'alpha', actor: 'test' });
    for (let n = 0; n < 10_000; n++) {
      await writer.notes.write({ space: 'alpha', agent: `agent-${n % 7}`, category: 'progress', content: `note ${n}` });
      clock.advance(15 * 60_000);
    }
    const counting = createCountingStore(store, { flush: setImmediate });
    const reader = createLiveMemory({ store: counting.store, consolidator: appendingConsolidator, clock });
    const found = await reader.notes.read({ space: 'alpha', limit: 50 });
    expect(contents(found)).toEqual(Array.from({ length: 50 }, (_, n) => `note ${9_999 - n}`));
    expect(found).toMatchObject({ hasMore: true, totalExact: false });
    const cursor = '20000101T000000_a_todo_00000000.md';
    expect(await writer.notes.read({ space: 'alpha', cursor })).toMatchObject({ notes: [], hasMore: false });
    const { byOperation } = counting.counts();
    expect(byOperation['list']).toBeLessThanOrEqual(4);
    expect(byOperation['get']).toBeLessThanOrEqual(50 + 2);
  });

  it('does not show a note of an earlier life of the space', async () => {
    const { note, memory, store } = await openMemory();
    const { filename } = await note('first life');
    const key = `alpha/live/${filename}`;
    const text = (await store.get(key))?.body ?? '';
    expect(text).toContain('life: "');
    const [commit] = [(await store.get('alpha/_commits/0000000001.json'))?.body ?? ''];
    const life = (JSON.parse(commit) as { life: string }).life;
    const second = { ...JSON.parse(commit), n: 2, life: 'ffffffff', past_lives: [life], op: 'second' };
    await store.put('alpha/_commits/0000000002.json', JSON.stringify(second));
    expect(contents(await memory.notes.read({ space: 'alpha' }))).toEqual([]);
  });

  it.each([
    [{ limit: 0 }],
    [{ limit: 501 }],
    [{ since: 'yesterday' }],
    [{ cursor: '../x' }],
    [{ category: 'gossip' as never }],
    [{ agent: '' }],
  ])('refuses %j', async (bad) => {
    const { memory } = await openMemory();
    await expect(memory.notes.read({ space: 'alpha', ...bad })).rejects.toBeInstanceOf(InvalidInputError);
  });

  it('says that a space is not there', async () => {
    const { memory } = await openMemory();
    await expect(memory.notes.read({ space: 'beta' })).rejects.toBeInstanceOf(SpaceNotFoundError);
  });
});

describe('searching notes', () => {
  it('finds a text in content and tags, whatever its letter case or Unicode form', async () => {
    const { memory, note } = await openMemory();
    await note('Le Café est fermé');
    await memory.notes.write({ space: 'alpha', agent: 'a', category: 'todo', content: 'x', tags: ['CAFE\u0301'] });
    await note('nothing');
    const found = await memory.notes.search({ space: 'alpha', query: 'café' });
    expect(found.notes.map(({ content }) => content).toSorted()).toEqual(['Le Café est fermé', 'x']);
    expect(found.notes.map(({ snippet }) => snippet).join()).toContain('Le Café est fermé');
  });

  it('shows the place where it was found, also after letters that grow in lower case', async () => {
    const { memory, note } = await openMemory();
    await note(`${'İ'.repeat(100)} ${'x '.repeat(100)}needle ${'y '.repeat(100)}`);
    const [hit] = (await memory.notes.search({ space: 'alpha', query: 'NEEDLE' })).notes;
    expect(hit?.snippet).toBe(`… ${'x '.repeat(40)}needle ${'y '.repeat(39)}y …`);
  });

  it('reads each note once in the life of a process', async () => {
    const { memory, note, counting } = await openMemory(answering(() => undefined));
    for (const content of ['a1', 'a2', 'b']) await note(content);
    await memory.notes.search({ space: 'alpha', query: 'a' });
    counting.reset();
    await memory.notes.search({ space: 'alpha', query: 'b' });
    expect(counting.counts().byOperation['get']).toBeUndefined();
  });
});
