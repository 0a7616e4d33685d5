import { describe, expect, it } from '@jest/globals';
import { copyStore, createLiveMemory, type LiveMemory, type ObjectStore } from '@live-mem/core';
import { createCountingStore } from '@live-mem/core/testing';
import { appendingConsolidator, openMemory, type TestMemory } from '../open-memory.ts';
import { type Asked, contentsOf, placed, storeAt, through } from './places.ts';

const REVOKED_KEY = '_system/revoked/';

function memoryAt(store: ObjectStore): LiveMemory {
  return createLiveMemory({ store, consolidator: appendingConsolidator });
}

/** Two spaces, one of them with a history, notes and a backup; two tokens, one of them revoked. */
async function filled(): Promise<TestMemory & { readonly active: string; readonly revoked: string }> {
  const test = await openMemory();
  const { memory } = test;
  await memory.spaces.create({ space: 'beta', rules: '# Beta\n' });
  await memory.bank.write({ space: 'alpha', filename: 'x.md', content: 'é 😀\n' });
  await test.note('consumed', { requestId: 'request-1' });
  await test.consolidate();
  await test.note('live');
  await memory.backups.create({ space: 'alpha' });
  const created = await Promise.all(
    ['one', 'two'].map((name) => memory.tokens.create({ name, permissions: ['write'], spaces: ['alpha'] })),
  );
  const [active, revoked] = created;
  if (!active || !revoked) throw new Error('no tokens');
  await memory.tokens.revoke({ hash: revoked.hash });
  return { ...test, active: active.token, revoked: revoked.token };
}

/** A few objects, in a store of their own. */
async function few(location: string, objects: Readonly<Record<string, string>>) {
  const store = storeAt(location);
  for (const [key, body] of Object.entries(objects)) await store.put(key, body);
  return store;
}

/** A store, and the requests that were made of it. */
function watched(store: ObjectStore): { store: ObjectStore; asked: Asked[] } {
  const asked: Asked[] = [];
  return { store: through(store, (one, request) => (asked.push(one), request())), asked };
}

function putsIn(asked: readonly Asked[]): string[] {
  return asked.filter(({ op }) => op === 'put').map(({ key }) => key);
}

describe('a copied store', () => {
  it('is the whole memory: spaces, notes, history that can be undone, backups, tokens', async () => {
    const test = await filled();
    const to = storeAt('there');
    const copy = await copyStore({ from: test.store, to });
    const contents = await contentsOf(test.store);
    const objects = Object.keys(contents).length;
    expect(await contentsOf(to)).toEqual(contents);
    expect(copy).toEqual({
      from: 'memory',
      to: 'there',
      objects,
      bytes: Object.values(contents).reduce((sum, body = '') => sum + Buffer.byteLength(body), 0),
      copied: objects,
      alreadyThere: 0,
      deleted: 0,
      unreadable: [],
      rounds: 1,
      verified: objects,
      changedMeanwhile: 0,
      complete: true,
    });
    const memory = memoryAt(to);
    expect((await memory.spaces.list()).spaces.map(({ space }) => space)).toEqual(['alpha', 'beta']);
    for (const space of ['alpha', 'beta']) {
      expect(await memory.spaces.summary({ space })).toEqual(await test.memory.spaces.summary({ space }));
      expect(await memory.bank.history({ space })).toEqual(await test.memory.bank.history({ space }));
    }
    const { backups } = await memory.backups.list();
    expect(await memory.backups.verify({ backup: backups[0]?.backup ?? '' })).toMatchObject({ ok: true });
    expect((await memory.tokens.authenticate(test.active)).name).toBe('one');
    await expect(memory.tokens.authenticate(test.revoked)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await memory.bank.undo({ space: 'alpha', commit: 2 });
    expect((await memory.bank.list({ space: 'alpha' })).documents.map(({ filename }) => filename)).toEqual([
      'notes.md',
    ]);
  });

  it('has what the store itself left neither copied nor taken for memory', async () => {
    const own = { '_system/abilities/x': 'a', '_system/doctor/y.txt': 'b' };
    const from = await few('here', { 'alpha/live/a.md': 'a', ...own });
    const to = await few('there', { '_system/abilities/z': 'of the target' });
    expect(await copyStore({ from, to })).toMatchObject({ objects: 1, copied: 1, deleted: 0 });
    expect(await contentsOf(to)).toEqual({ 'alpha/live/a.md': 'a', '_system/abilities/z': 'of the target' });
  });

  it.each([[[]], [['createIfAbsent', 'compareAndSwap']]] as const)(
    'costs three requests for each object, 32 at once, and listings (a store without %j)',
    async (without) => {
      const texts = Array.from({ length: 1_200 }, (_, n) => [`alpha/live/${n}.md`, `note ${n}`] as const);
      const from = createCountingStore(await few('here', Object.fromEntries(texts)), { flush: setImmediate });
      const to = createCountingStore(storeAt('there', { without }), { flush: setImmediate });
      expect(await copyStore({ from: from.store, to: to.store })).toMatchObject({ copied: 1_200, complete: true });
      expect(from.counts().byOperation).toEqual({ probe: 1, list: 4, get: 1_200 });
      expect(to.counts().byOperation).toEqual({ probe: 1, list: 1, put: 1_200, get: 1_200 });
      expect(from.counts().roundTrips).toBeLessThan(60);
    },
  );

  it('is told of while it is made', async () => {
    const from = await few('here', { 'a/live/1.md': '1', 'a/live/2.md': '2', 'a/_meta.json': '{}' });
    const to = await few('there', { 'a/live/1.md': '1' });
    const told: unknown[] = [];
    await copyStore({ from, to, onProgress: (progress) => told.push(progress) });
    expect(told).toEqual([1, 2, 3].map((done) => ({ done, total: 3 })));
  });
});

describe('a copy is refused', () => {
  it('of a store into itself, and of one that holds nothing', async () => {
    const from = await few('here', { 'a/live/1.md': '1' });
    const empty = storeAt('empty');
    for (const [source, target, at] of [
      [from, from, 'to'],
      [from, placed(empty, 'here'), 'to'],
      [empty, from, 'from'],
    ] as const) {
      const refused = copyStore({ from: source, to: target, overwrite: true });
      await expect(refused).rejects.toMatchObject({ code: 'INVALID_INPUT', faults: [{ at }] });
    }
    expect(await contentsOf(from)).toEqual({ 'a/live/1.md': '1' });
  });

  it('where the target holds another memory, before anything is written', async () => {
    const from = await few('here', { 'a/live/1.md': 'one', 'a/live/2.md': 'two', 'a/live/3.md': 'three' });
    const foreign = { 'a/live/1.md': 'uno', 'a/live/2.md': 'other', 'b/live/1.md': 'x' };
    const to = watched(await few('there', foreign));
    await expect(copyStore({ from, to: to.store })).rejects.toMatchObject({
      code: 'STORE_NOT_EMPTY',
      foreign: ['b/live/1.md'],
      differing: ['a/live/1.md', 'a/live/2.md'],
      message: expect.stringMatching(/1 that the source has not \(b\/live\/1\.md\) and 2 that differ.*overwrite/),
    });
    expect(to.asked.filter(({ op }) => op !== 'get' && op !== 'list')).toEqual([]);
  });

  it.each([
    ['keys of its own', { 'b/live/9.md': 'x' }],
    ['another text of the same size', { 'a/live/1.md': 'uno' }],
  ])('where the target has %s', async (_, objects) => {
    const from = await few('here', { 'a/live/1.md': 'one' });
    await expect(copyStore({ from, to: await few('there', objects) })).rejects.toMatchObject({
      code: 'STORE_NOT_EMPTY',
    });
  });
});

describe('a copy that overwrites', () => {
  it.each([[[]], [['createIfAbsent', 'compareAndSwap']]] as const)(
    'makes the target equal, writing only what differs (a store without %j)',
    async (without) => {
      const test = await filled();
      const to = storeAt('there', { without });
      const same = Object.keys(await contentsOf(test.store)).filter((key) => key.includes('_commits/'));
      for (const key of same) await to.put(key, (await test.store.get(key))?.body ?? '');
      await to.put('alpha/_rules.md', '# Other\n');
      await to.put('gamma/_meta.json', '{}');
      await to.put('gamma/_commits/0000000001.json', '{}');
      const { store, asked } = watched(to);
      const copy = await copyStore({ from: test.store, to: store, overwrite: true });
      expect(await contentsOf(to)).toEqual(await contentsOf(test.store));
      expect(copy).toMatchObject({ deleted: 2, alreadyThere: same.length, copied: copy.objects - same.length });
      expect(putsIn(asked).filter((key) => same.includes(key))).toEqual([]);
    },
  );

  it('gives way to others who write to the target', async () => {
    const from = await few('here', { 'a/live/1.md': 'one' });
    const there = await few('there', { 'a/live/1.md': 'old' });
    const to = through(there, async ({ op }, request) => {
      if (op === 'put') await there.put('a/live/1.md', 'somebody else');
      return request();
    });
    await expect(copyStore({ from, to, overwrite: true })).rejects.toMatchObject({
      code: 'WRITE_CONFLICT',
      message: expect.stringContaining('a/live/1.md'),
    });
    expect(await contentsOf(there)).toEqual({ 'a/live/1.md': 'somebody else' });
  });
});

describe('what is copied', () => {
  it('is read back, and a target that gives back something else is reported', async () => {
    const from = await few('here', { 'a/live/1.md': 'one' });
    const there = storeAt('there', { version: () => 'same' });
    const to: ObjectStore = { ...there, put: (key, body) => there.put(key, body.toUpperCase()) };
    await expect(copyStore({ from, to })).rejects.toMatchObject({ code: 'UNREADABLE_OBJECT', key: 'a/live/1.md' });
  });

  it('is not taken for a conflict where the answer to our own write was lost', async () => {
    const from = await few('here', { 'a/live/1.md': 'one' });
    const there = storeAt('there');
    const to: ObjectStore = {
      ...there,
      async put(key, body, only) {
        await there.put(key, body, only);
        return there.put(key, body, only);
      },
    };
    expect(await copyStore({ from, to })).toMatchObject({ copied: 1, complete: true });
  });

  it('leaves out what is no text, and says so', async () => {
    const from = await few('here', { 'a/live/1.md': 'one' });
    from.setBytes('a/live/0.md', new Uint8Array([0xff]));
    const to = storeAt('there');
    const copy = await copyStore({ from, to });
    expect(copy).toMatchObject({ unreadable: ['a/live/0.md'], objects: 2, copied: 1, verified: 1, rounds: 1 });
    expect(copy.complete).toBe(false);
    expect(await contentsOf(to)).toEqual({ 'a/live/1.md': 'one' });
    to.setBytes('a/live/0.md', new Uint8Array([0xfe]));
    expect(await copyStore({ from, to })).toMatchObject({ unreadable: ['a/live/0.md'], copied: 0, alreadyThere: 1 });
  });

  it('keeps the revocations before the tokens, and the tokens until the end', async () => {
    const { store } = await filled();
    const to = watched(storeAt('there'));
    await copyStore({ from: store, to: to.store });
    const keys = putsIn(to.asked);
    expect(keys.at(-1)).toBe('_system/tokens.json');
    expect(keys.some((key) => key.startsWith(REVOKED_KEY))).toBe(true);
  });
});
