import { describe, expect, it } from '@jest/globals';
import { createLiveMemory, type ObjectStore, SpaceNotFoundError, StoreUnavailableError } from '@live-mem/core';
import { type Commit, decodeCommit, encodeCommit } from '../../src/log/commit.ts';
import { appendingConsolidator, openMemory, type TestMemory } from '../open-memory.ts';

const space = 'alpha';
const secret = 'what the space knew';

/** Notes live, consumed and brought back, documents written and deleted, an edit by hand, a request. */
async function full(): Promise<TestMemory> {
  const test = await openMemory();
  await test.memory.bank.write({ space, filename: 'team/a.md', content: `${secret}\n` });
  await test.note(secret, { requestId: 'one' });
  await test.consolidate();
  await test.note(secret);
  await test.consolidate();
  await test.memory.bank.undo({ space, commit: 4 });
  await test.memory.bank.write({ space, filename: 'gone.md', content: secret });
  await test.memory.bank.delete({ space, filename: 'gone.md' });
  await test.store.put('alpha/bank/team/a.md', `${secret}, by hand\n`);
  await test.memory.bank.readAll({ space });
  await test.note(secret);
  return test;
}

async function commitsOf({ store, keys }: TestMemory): Promise<Commit[]> {
  const logged = await keys('alpha/_commits/');
  return Promise.all(logged.map(async (key) => decodeCommit(key, (await store.get(key))?.body ?? '')));
}

async function everything({ store, keys }: TestMemory): Promise<string> {
  const bodies = (await keys('alpha/')).map(async (key) => (await store.get(key))?.body ?? '');
  return (await Promise.all(bodies)).join('\n');
}

describe('deleting a space', () => {
  it('takes away every object, and leaves the numbers of its commits without a text', async () => {
    const test = await full();
    const before = await commitsOf(test);
    const objects = (await test.keys('alpha/')).filter((key) => !key.startsWith('alpha/_commits/'));
    expect(await test.memory.spaces.delete({ space, actor: 'me' })).toEqual({ filesDeleted: objects.length });
    const after = await commitsOf(test);
    expect(await test.keys('alpha/')).toHaveLength(before.length + 1);
    expect(await everything(test)).not.toContain(secret);
    expect(after.at(-1)).toMatchObject({ kind: 'delete_space', actor: 'me', bank: {}, n: before.length + 1 });
    for (const [at, { n, op, life, kind, bank, consumed }] of before.entries()) {
      expect(after[at]).toMatchObject({ n, op, life, kind, bank, stub: true });
      expect(after[at]?.consumed.map(({ key, fate }) => [key, fate])).toEqual(
        consumed.map(({ key, fate }) => [key, fate]),
      );
    }
  });

  it('leaves nothing that anybody could read, in this process or another', async () => {
    const test = await full();
    await test.another().spaces.delete({ space });
    for (const memory of [test.memory, test.another()]) {
      expect((await memory.spaces.list()).spaces).toEqual([]);
      for (const read of [
        memory.spaces.info,
        memory.spaces.rules,
        memory.spaces.summary,
        memory.spaces.export,
        memory.notes.read,
        memory.bank.readAll,
        memory.bank.list,
        memory.bank.history,
        memory.bank.trim,
        memory.bank.repair,
        memory.bank.consolidate,
      ])
        await expect(read({ space })).rejects.toBeInstanceOf(SpaceNotFoundError);
      await expect(memory.notes.search({ space, query: 'knew' })).rejects.toBeInstanceOf(SpaceNotFoundError);
      await expect(memory.bank.diff({ space, commit: 3 })).rejects.toBeInstanceOf(SpaceNotFoundError);
      await expect(memory.bank.undo({ space, commit: 3 })).rejects.toBeInstanceOf(SpaceNotFoundError);
      await expect(memory.bank.trace({ space, filename: 'notes.md' })).rejects.toBeInstanceOf(SpaceNotFoundError);
      await expect(memory.bank.write({ space, filename: 'b.md', content: 'x' })).rejects.toBeInstanceOf(
        SpaceNotFoundError,
      );
      await expect(memory.spaces.updateRules({ space, rules: 'x' })).rejects.toBeInstanceOf(SpaceNotFoundError);
      await expect(memory.spaces.update({ space, owner: 'x' })).rejects.toBeInstanceOf(SpaceNotFoundError);
    }
    expect(await test.keys('alpha/')).toEqual(await test.keys('alpha/_commits/'));
  });

  it('is told when there is nothing to delete, and writes nothing', async () => {
    const test = await openMemory();
    await expect(test.memory.spaces.delete({ space: 'beta' })).rejects.toBeInstanceOf(SpaceNotFoundError);
    await test.memory.spaces.delete({ space });
    const before = await test.keys();
    for (const memory of [test.memory, test.another()])
      await expect(memory.spaces.delete({ space })).rejects.toBeInstanceOf(SpaceNotFoundError);
    expect(await test.keys()).toEqual(before);
  });

  it('leaves other spaces alone, also one whose id begins the same', async () => {
    const test = await openMemory();
    await test.memory.spaces.create({ space: 'alpha2', rules: '# Mine\n' });
    const before = await test.keys('alpha2/');
    await test.memory.spaces.delete({ space });
    expect(await test.keys('alpha2/')).toEqual(before);
    expect(await test.memory.spaces.rules({ space: 'alpha2' })).toBe('# Mine\n');
  });

  it('takes the id out of every token, before the space ends', async () => {
    const test = await openMemory();
    await test.memory.spaces.create({ space: 'beta' });
    const { token } = await test.memory.tokens.create({
      name: 'cline',
      permissions: ['write'],
      spaces: ['alpha', 'beta'],
    });
    await test.memory.tokens.authorize(token, 'write', 'alpha');
    const failing: ObjectStore = {
      ...test.store,
      put: (key, body, only) =>
        key.includes('/_commits/') ? Promise.reject(new StoreUnavailableError('')) : test.store.put(key, body, only),
    };
    const memory = createLiveMemory({ store: failing, consolidator: appendingConsolidator, clock: test.clock });
    await expect(memory.spaces.delete({ space })).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(test.another().tokens.authorize(token, 'write', 'alpha')).rejects.toBeInstanceOf(SpaceNotFoundError);
    await test.another().tokens.authorize(token, 'write', 'beta');
  });

  it('of one that another program laid out begins a log, so that numbers never begin again', async () => {
    const test = await openMemory();
    await test.store.put('py/_meta.json', '{"description":"Projet"}');
    await test.store.put('py/live/.keep', '');
    await test.store.put('py/bank/a.md', 'a');
    expect(await test.memory.spaces.delete({ space: 'py' })).toEqual({ filesDeleted: 3 });
    expect(await test.keys('py/')).toEqual(['py/_commits/0000000001.json']);
    await test.memory.spaces.create({ space: 'py' });
    expect((await test.memory.bank.history({ space: 'py' })).commits).toMatchObject([{ commit: 2, kind: 'create' }]);
  });

  it('goes page by page where there is much', async () => {
    const test = await openMemory();
    for (let n = 0; n < 2_500; n++) await test.store.put(`alpha/live/.late-${n}`, '');
    let most = 0;
    const store: ObjectStore = {
      ...test.store,
      deleteMany(keys) {
        most = Math.max(most, keys.length);
        return test.store.deleteMany(keys);
      },
    };
    const memory = createLiveMemory({ store, consolidator: appendingConsolidator, clock: test.clock });
    expect(await memory.spaces.delete({ space })).toEqual({ filesDeleted: 2_503 });
    expect(most).toBe(1_000);
    expect(await test.keys('alpha/')).toEqual(await test.keys('alpha/_commits/'));
  });

  it('leaves a damaged commit for a person to look at, and takes away all else', async () => {
    const test = await full();
    await test.store.put('alpha/_commits/0000000002.json', '{"half');
    await test.another().spaces.delete({ space });
    expect((await test.store.get('alpha/_commits/0000000002.json'))?.body).toBe('{"half');
    expect(await everything(test)).not.toContain(secret);
    await test.another().spaces.create({ space, rules: '# New\n' });
    const other = test.another();
    await other.notes.write({ space, agent: 'a', category: 'todo', content: 'new' });
    expect(await other.bank.consolidate({ space })).toMatchObject({ status: 'ok', notesProcessed: 1 });
  });
});

describe('a deletion that meets a later life of the id', () => {
  it('deletes nothing of it, and leaves its creator in', async () => {
    const test = await openMemory();
    const { token, hash } = await test.memory.tokens.create({ name: 'new owner', permissions: ['write'] });
    const other = test.another();
    let waits = true;
    // Between the deleter's look at the space and its next request, others delete it and make it anew.
    const store: ObjectStore = {
      ...test.store,
      async get(key) {
        if (key === '_system/tokens.json' && waits) {
          waits = false;
          await other.spaces.delete({ space });
          await other.spaces.create({ space, creator: hash, rules: '# Second\n' });
        }
        return test.store.get(key);
      },
    };
    const late = createLiveMemory({ store, consolidator: appendingConsolidator, clock: test.clock });
    await expect(late.spaces.delete({ space })).rejects.toBeInstanceOf(SpaceNotFoundError);
    expect(await test.another().spaces.rules({ space })).toBe('# Second\n');
    expect(await test.keys('alpha/_meta.json')).toHaveLength(1);
    expect(await test.another().tokens.authorize(token, 'write', space)).toMatchObject({ name: 'new owner' });
  });

  it.each<[string, (test: TestMemory) => Promise<unknown>]>([
    ['lives again', (test) => test.another().spaces.create({ space, rules: '# Second\n' })],
    ['is restored', beginRestore],
  ])('stops before the next page once the id %s', async (_, begin) => {
    const test = await openMemory();
    for (let n = 0; n < 1_500; n++) await test.store.put(`alpha/live/.late-${n}`, '');
    let pages = 0;
    const store: ObjectStore = {
      ...test.store,
      async deleteMany(keys) {
        await test.store.deleteMany(keys);
        if (++pages === 1) await begin(test);
      },
    };
    const late = createLiveMemory({ store, consolidator: appendingConsolidator, clock: test.clock });
    expect(await late.spaces.delete({ space })).toEqual({ filesDeleted: 1_000 });
    expect(pages).toBe(1);
  });
});

/** The commit that decides of a restore: from now on its notes are written, and the space does not exist. */
async function beginRestore({ store }: TestMemory): Promise<void> {
  const ended = decodeCommit('', (await store.get('alpha/_commits/0000000002.json'))?.body ?? '');
  const restores = { backup: 'alpha/2026-01-01T00-00-00', sha256: '0'.repeat(64), op: 'r' };
  const next = {
    ...ended,
    n: 3,
    kind: 'restoring',
    op: 'r',
    life: 'second',
    past_lives: [ended.life],
    restores,
  } as const;
  await store.put('alpha/_commits/0000000003.json', encodeCommit(next));
}
