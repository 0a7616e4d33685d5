import { describe, expect, it } from '@jest/globals';
import {
  createLiveMemory,
  InvalidInputError,
  type ObjectStore,
  SpaceNotFoundError,
  StoreUnavailableError,
  UnreadableObjectError,
  WriteConflictError,
} from '@live-mem/core';
import { appendingConsolidator, openMemory, type TestMemory } from '../open-memory.ts';

const space = 'alpha';
const key = 'alpha/_meta.json';

async function metaOf({ store }: TestMemory): Promise<Record<string, unknown>> {
  return JSON.parse((await store.get(key))?.body ?? '') as Record<string, unknown>;
}

/** Another process, whose writes of `_meta.json` go through `put`. */
function through({ store, clock }: TestMemory, put: ObjectStore['put']) {
  const own: ObjectStore = { ...store, put: (at, ...rest) => (at === key ? put(at, ...rest) : store.put(at, ...rest)) };
  return createLiveMemory({ store: own, consolidator: appendingConsolidator, clock });
}

describe('saying something else of a space', () => {
  it('changes what is given, clears what is empty, leaves the rest', async () => {
    const test = await openMemory();
    const update = (given: { description?: string; owner?: string }) => test.memory.spaces.update({ space, ...given });
    const told = () => test.another().spaces.info({ space });
    expect(await update({ description: 'Équipe β', owner: 'me' })).toEqual({
      updatedFields: ['description', 'owner'],
    });
    expect(await told()).toMatchObject({ description: 'Équipe β', owner: 'me' });
    expect(await update({ owner: '' })).toEqual({ updatedFields: ['owner'] });
    expect(await told()).toMatchObject({ description: 'Équipe β', owner: '' });
    expect(await update({})).toEqual({ updatedFields: [] });
    expect(await told()).toMatchObject({ description: 'Équipe β', owner: '' });
  });

  it('keeps every other field as it is, be it ours or of another program', async () => {
    const test = await openMemory();
    const before = { ...(await metaOf(test)), graph_memory: { token: 't' }, last_consolidation: null, version: 'odd' };
    await test.store.put(key, JSON.stringify(before));
    await test.memory.spaces.update({ space, owner: 'me' });
    expect(await metaOf(test)).toEqual({ ...before, owner: 'me' });
  });

  it('stays through a consolidation', async () => {
    const test = await openMemory();
    await test.memory.spaces.update({ space, description: 'new' });
    await test.note('x');
    await test.consolidate();
    expect(await test.another().spaces.info({ space })).toMatchObject({ description: 'new', consolidationCount: 1 });
  });

  it('writes `_meta.json` anew where it is gone, with what the log says', async () => {
    const test = await openMemory();
    const before = await metaOf(test);
    await test.store.delete(key);
    await test.memory.spaces.update({ space, owner: 'me' });
    expect(await metaOf(test)).toEqual({ ...before, owner: 'me' });
  });

  it('works on a space that has no log, and begins none', async () => {
    const test = await openMemory();
    await test.store.put('py/_meta.json', '{"description":"Projet","creator_token_hash":"abc"}');
    await test.memory.spaces.update({ space: 'py', description: 'Projet 2' });
    expect(JSON.parse((await test.store.get('py/_meta.json'))?.body ?? '')).toEqual({
      description: 'Projet 2',
      creator_token_hash: 'abc',
    });
    expect(await test.keys('py/')).toEqual(['py/_meta.json']);
  });

  it('loses nothing that others write meanwhile', async () => {
    const test = await openMemory();
    let others = 3;
    const memory = through(test, async (at, body, only) => {
      if (others-- > 0) await test.store.put(key, JSON.stringify({ ...(await metaOf(test)), [`other${others}`]: 1 }));
      return test.store.put(at, body, only);
    });
    await memory.spaces.update({ space, owner: 'me' });
    expect(await metaOf(test)).toMatchObject({ owner: 'me', other0: 1, other1: 1, other2: 1 });
  });

  it('is given up where others are always faster', async () => {
    const test = await openMemory();
    let tries = 0;
    const memory = through(test, () => Promise.reject(new WriteConflictError(`${key} ${++tries}`)));
    await expect(memory.spaces.update({ space, owner: 'me' })).rejects.toBeInstanceOf(WriteConflictError);
    expect(tries).toBe(20);
  });

  it('is done once where the answer is lost', async () => {
    const test = await openMemory();
    let puts = 0;
    const memory = through(test, async (at, body, only) => {
      puts++;
      await test.store.put(at, body, only);
      throw new StoreUnavailableError('no answer');
    });
    expect(await memory.spaces.update({ space, owner: 'me' })).toEqual({ updatedFields: ['owner'] });
    expect(await metaOf(test)).toMatchObject({ owner: 'me' });
    expect(puts).toBe(1);
  });

  it.each<[string, (test: TestMemory) => unknown]>([
    ['half a JSON', ({ store }) => store.put(key, '{"half')],
    ['no object', ({ store }) => store.put(key, '[]')],
    ['no text', ({ store }) => store.setBytes(key, new Uint8Array([0xff, 0xfe]))],
  ])('is refused where `_meta.json` is %s, which stays as it is', async (_, damage) => {
    const test = await openMemory();
    await damage(test);
    const puts: string[] = [];
    const memory = through(test, (at) => Promise.reject(new Error(`written: ${puts.push(at)}`)));
    await expect(memory.spaces.update({ space, owner: 'me' })).rejects.toBeInstanceOf(UnreadableObjectError);
    expect(puts).toEqual([]);
  });

  it.each([
    ['two lines', { description: 'a\nb' }],
    ['a long description', { description: 'x'.repeat(501) }],
    ['a long owner', { owner: 'x'.repeat(201) }],
  ])('refuses %s, and changes nothing', async (_, given) => {
    const test = await openMemory();
    const before = await metaOf(test);
    await expect(test.memory.spaces.update({ space, ...given })).rejects.toBeInstanceOf(InvalidInputError);
    expect(await metaOf(test)).toEqual(before);
  });

  it('says that a space is not there, also where nothing is said of it', async () => {
    const { memory } = await openMemory();
    for (const given of [{}, { owner: 'me' }])
      await expect(memory.spaces.update({ space: 'beta', ...given })).rejects.toBeInstanceOf(SpaceNotFoundError);
  });
});

describe('giving a space other rules', () => {
  it('is a commit that can be seen and undone', async () => {
    const test = await openMemory();
    expect(await test.memory.spaces.updateRules({ space, rules: '# Règles\n', actor: 'me' })).toEqual({
      rulesSize: 10,
      commit: 2,
    });
    expect(await test.another().spaces.rules({ space })).toBe('# Règles\n');
    expect((await test.store.get('alpha/_rules.md'))?.body).toBe('# Règles\n');
    expect((await test.memory.bank.history({ space, filename: '_rules.md' })).commits[0]).toMatchObject({
      commit: 2,
      kind: 'write',
      actor: 'me',
      files: ['_rules.md'],
    });
    await test.memory.bank.undo({ space, commit: 2 });
    expect(await test.another().spaces.rules({ space })).toBe('# Rules\n');
  });

  it('takes a shipped template by name, and makes no commit where nothing changes', async () => {
    const test = await openMemory();
    const rules = 'template:software-project';
    expect(await test.memory.spaces.updateRules({ space, rules })).toMatchObject({ commit: 2 });
    const text = await test.another().spaces.rules({ space });
    expect(text).toContain('#');
    expect(await test.memory.spaces.updateRules({ space, rules })).toEqual({ rulesSize: Buffer.byteLength(text) });
    expect((await test.memory.bank.history({ space })).commits).toHaveLength(2);
  });

  it('takes an edit by hand into the log before it replaces it', async () => {
    const test = await openMemory();
    await test.store.put('alpha/_rules.md', '# By hand\n');
    await test.another().spaces.updateRules({ space, rules: '# New\n' });
    expect((await test.memory.bank.history({ space })).commits.map(({ kind }) => kind)).toEqual([
      'write',
      'outside',
      'create',
    ]);
  });

  it.each([['x'.repeat(50_001)], ['template:none']])('refuses %.15s, and changes nothing', async (rules) => {
    const test = await openMemory();
    await expect(test.memory.spaces.updateRules({ space, rules })).rejects.toBeInstanceOf(InvalidInputError);
    expect(await test.another().spaces.rules({ space })).toBe('# Rules\n');
  });

  it('takes 50,000 characters, whatever bytes they are', async () => {
    const { memory } = await openMemory();
    expect(await memory.spaces.updateRules({ space, rules: '😀'.repeat(50_000) })).toMatchObject({
      rulesSize: 200_000,
    });
  });

  it('says that a space is not there', async () => {
    const { memory } = await openMemory();
    await expect(memory.spaces.updateRules({ space: 'beta', rules: 'x' })).rejects.toBeInstanceOf(SpaceNotFoundError);
  });
});
