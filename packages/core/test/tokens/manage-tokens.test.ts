import { describe, expect, it } from '@jest/globals';
import { ownerCaller, StoreUnavailableError } from '@live-mem/core';
import { createLiveMemory } from '../../src/live-memory.ts';
import { openMemory, type TestMemory } from '../open-memory.ts';

const owner = ownerCaller('me');

async function open(): Promise<TestMemory> {
  const test = await openMemory();
  await test.memory.spaces.create({ space: 'beta' });
  return test;
}

describe('creating a token', () => {
  it('takes the spaces of today for all, and says where a token can do nothing', async () => {
    const { memory } = await open();
    expect(await memory.tokens.create({ name: 'a', permissions: ['read'], spaces: 'all' })).toMatchObject({
      spaces: ['alpha', 'beta'],
    });
    expect(await memory.tokens.create({ name: 'b', permissions: ['read'] })).toMatchObject({
      spaces: [],
      warning: expect.stringContaining('no space'),
    });
  });

  it.each([
    ['no permission', { name: 'a', permissions: [] }],
    ['a permission nobody knows', { name: 'a', permissions: ['root'] }],
    ['no name', { name: ' ', permissions: ['read'] }],
    ['an end before now', { name: 'a', permissions: ['read'], expiresInDays: -1 }],
    ['a field of somebody else', { name: 'a', permissions: ['read'], hash: 'x' }],
  ])('refuses %s, and changes nothing', async (_, input) => {
    const { memory, keys } = await open();
    await expect(memory.tokens.create(input)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await keys('_system/')).toEqual([]);
  });

  it('refuses a space that does not exist', async () => {
    const { memory } = await open();
    const input = { name: 'a', permissions: ['read'], spaces: ['alpha', 'nope'] };
    await expect(memory.tokens.create(input)).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
  });

  it('makes the first administrator only while there is none', async () => {
    const { memory } = await open();
    const first = await memory.tokens.createFirst({ name: 'root' });
    expect((await memory.tokens.authenticate(first.token)).permission).toBe('admin');
    await expect(memory.tokens.createFirst({ name: 'again' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await memory.tokens.revoke({ hash: first.hash });
    await expect(memory.tokens.createFirst({ name: 'again' })).resolves.toMatchObject({ permissions: ['admin'] });
  });

  it('loses none of 20 made at once by 4 processes', async () => {
    const { memory, another } = await open();
    const processes = [memory, another(), another(), another()];
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        processes[at % 4]?.tokens.create({ name: `agent ${at}`, permissions: ['read'] }),
      ),
    );
    const { tokens } = await another().tokens.list();
    expect(tokens.map(({ hash }) => hash).toSorted()).toEqual(made.map((token) => token?.hash).toSorted());
  });

  it('makes one token where the answer of the store was lost', async () => {
    const { store, clock, another } = await open();
    let losses = 3;
    const losing = {
      ...store,
      async put(...[key, body, only]: Parameters<typeof store.put>) {
        const version = await store.put(key, body, only);
        if (key.startsWith('_system/') && losses-- > 0) throw new StoreUnavailableError('no answer');
        return version;
      },
    };
    const consolidator = {
      name: 'none',
      limits: { countTokens: () => 0 },
      propose: () => Promise.reject(new Error('none')),
    };
    const memory = createLiveMemory({ store: losing, consolidator, clock });
    const { hash } = await memory.tokens.create({ name: 'cline', permissions: ['read'] });
    expect((await another().tokens.list()).tokens.map((token) => token.hash)).toEqual([hash]);
  });
});

describe('listing tokens', () => {
  it('filters by name, space and state, and goes on from page to page', async () => {
    const { memory } = await open();
    for (const n of [1, 2, 3])
      await memory.tokens.create({ name: `CI ${n}`, permissions: ['read'], spaces: ['alpha'] });
    const other = await memory.tokens.create({ name: 'other', permissions: ['read'], spaces: ['beta'] });
    await memory.tokens.revoke({ hash: other.hash });
    const names = async (input: Parameters<typeof memory.tokens.list>[0]): Promise<string[]> =>
      (await memory.tokens.list(input)).tokens.map(({ name }) => name);
    expect(await names({ nameContains: 'ci' })).toEqual(['CI 1', 'CI 2', 'CI 3']);
    expect(await names({ hasSpace: 'beta' })).toEqual(['other']);
    expect(await names({ includeRevoked: false })).toHaveLength(3);
    const page = await memory.tokens.list({ limit: 3 });
    expect(page.total).toBe(4);
    expect(await names({ limit: 3, cursor: page.nextCursor })).toEqual(['other']);
  });
});

describe('changing tokens', () => {
  it('replaces the spaces, or adds and removes some, and tells both states', async () => {
    const { memory } = await open();
    const { hash } = await memory.tokens.create({ name: 'a', permissions: ['read'], spaces: ['alpha'] });
    const changed = await memory.tokens.update({
      hash: hash.slice(7, 27),
      spacesAdd: ['beta'],
      spacesRemove: ['alpha'],
      permissions: ['write'],
    });
    expect(changed).toMatchObject({ added: ['beta'], removed: ['alpha'], before: { spaces: ['alpha'] } });
    expect(changed.after).toMatchObject({ spaces: ['beta'], permissions: ['write'] });
    expect((await memory.tokens.update({ hash, spaces: 'all' })).after.spaces).toEqual(['alpha', 'beta']);
    await expect(memory.tokens.update({ hash, spaces: [], spacesAdd: ['beta'] })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await expect(memory.tokens.update({ hash, spacesAdd: ['nope'] })).rejects.toMatchObject({
      code: 'SPACE_NOT_FOUND',
    });
  });

  it('changes all that match in one write, and asks for a filter', async () => {
    const { memory, counting } = await open();
    for (const name of ['ci one', 'ci two', 'else']) await memory.tokens.create({ name, permissions: ['read'] });
    counting.reset();
    const updated = await memory.tokens.updateMany({ nameContains: 'CI', spacesAdd: ['beta'] });
    expect(updated.map(({ after }) => [after.name, after.spaces])).toEqual([
      ['ci one', ['beta']],
      ['ci two', ['beta']],
    ]);
    expect(counting.counts().byOperation['put']).toBe(1);
    await expect(memory.tokens.updateMany({ spacesAdd: ['beta'] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('wants a hash that means one token', async () => {
    const { memory } = await open();
    await expect(memory.tokens.revoke({ hash: '0'.repeat(16) })).rejects.toMatchObject({ code: 'TOKEN_NOT_FOUND' });
    await expect(memory.tokens.revoke({ hash: '12' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('purges the revoked ones; or all but the one that asks', async () => {
    const { memory } = await open();
    const made = [];
    for (const name of ['a', 'b', 'c']) made.push(await memory.tokens.create({ name, permissions: ['admin'] }));
    await memory.tokens.revoke({ hash: made[0]?.hash ?? '' });
    expect(await memory.tokens.purge()).toEqual({ deleted: 1, remaining: 2 });
    expect(await memory.tokens.purge({ revokedOnly: false, keep: made[1]?.hash })).toEqual({
      deleted: 1,
      remaining: 1,
    });
    await expect(memory.tokens.authenticate(made[2]?.token ?? '')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(memory.tokens.authenticate(made[1]?.token ?? '')).resolves.toMatchObject({ name: 'b' });
  });
});

describe('a badge', () => {
  it('reads and writes in one space, for a day, and replaces the one before', async () => {
    const { memory, clock } = await open();
    const first = await memory.tokens.mintBadge({ space: 'alpha', agent: 'helper', caller: owner });
    const second = await memory.tokens.mintBadge({ space: 'alpha', agent: 'helper', caller: owner });
    expect([first.replaced, second.replaced]).toEqual([false, true]);
    await expect(memory.tokens.authenticate(first.token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(memory.tokens.authorize(second.token, 'write', 'alpha')).resolves.toMatchObject({
      kind: 'badge',
      name: 'helper',
    });
    await expect(memory.tokens.authorize(second.token, 'manage', 'alpha')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(memory.tokens.authorize(second.token, 'read', 'beta')).rejects.toMatchObject({
      code: 'SPACE_NOT_FOUND',
    });
    clock.advance(86_400_000);
    await expect(memory.tokens.authenticate(second.token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('is made by the token that created the space, and by no other', async () => {
    const { memory } = await open();
    const [mine, other] = [
      await memory.tokens.create({ name: 'mine', permissions: ['write'] }),
      await memory.tokens.create({ name: 'other', permissions: ['admin'] }),
    ];
    await memory.spaces.create({ space: 'own', creator: mine.hash });
    await memory.tokens.update({ hash: other.hash, spacesAdd: ['own'] });
    const mint = async (token: string): Promise<unknown> =>
      memory.tokens.mintBadge({ space: 'own', agent: 'helper', caller: await memory.tokens.authenticate(token) });
    const badge = (await mint(mine.token)) as { token: string };
    await expect(mint(other.token)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(mint(badge.token)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is refused where 50 are active in the space', async () => {
    const { memory } = await open();
    for (let n = 0; n < 50; n++) await memory.tokens.mintBadge({ space: 'alpha', agent: `a${n}`, caller: owner });
    const mint = (agent: string): Promise<unknown> => memory.tokens.mintBadge({ space: 'alpha', agent, caller: owner });
    await expect(mint('one more')).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await expect(mint('a7')).resolves.toMatchObject({ replaced: true });
  });
});

describe('spaces and tokens', () => {
  it('a new space joins the token that created it, and leaves all when it is deleted', async () => {
    const { memory } = await open();
    const { token, hash } = await memory.tokens.create({ name: 'a', permissions: ['manage'], spaces: ['alpha'] });
    await memory.spaces.create({ space: 'own', creator: hash });
    await expect(memory.tokens.authorize(token, 'manage', 'own')).resolves.toMatchObject({ name: 'a' });
    await memory.spaces.delete({ space: 'own' });
    await expect(memory.tokens.authorize(token, 'read', 'own')).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
    expect((await memory.tokens.list()).tokens[0]?.spaces).toEqual(['alpha']);
  });

  it('a token that an old registry brings back does not enter the second life of an id', async () => {
    const { memory, store, clock } = await open();
    const { token } = await memory.tokens.create({ name: 'a', permissions: ['read'], spaces: ['alpha'] });
    const old = (await store.get('_system/tokens.json'))?.body ?? '';
    await memory.spaces.delete({ space: 'alpha' });
    await store.put('_system/tokens.json', old);
    await memory.spaces.create({ space: 'alpha' });
    clock.advance(5_001);
    await expect(memory.tokens.authorize(token, 'read', 'alpha')).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
  });

  it('an administrator who adds a space while it is deleted and made again looks again', async () => {
    const { store, clock, another } = await open();
    const made = await another().tokens.create({ name: 'a', permissions: ['read'] });
    let raced = false;
    const racing = {
      ...store,
      async put(...[key, body, only]: Parameters<typeof store.put>) {
        if (key === '_system/tokens.json' && !raced) {
          raced = true;
          const other = another();
          await other.spaces.delete({ space: 'alpha' });
          await other.spaces.create({ space: 'alpha' });
          await other.spaces.delete({ space: 'alpha' });
        }
        return store.put(key, body, only);
      },
    };
    const consolidator = {
      name: 'none',
      limits: { countTokens: () => 0 },
      propose: () => Promise.reject(new Error('none')),
    };
    const admin = createLiveMemory({ store: racing, consolidator, clock });
    const update = admin.tokens.update({ hash: made.hash, spacesAdd: ['alpha'] });
    await expect(update).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
  });
});
