import { describe, expect, it } from '@jest/globals';
import { createLiveMemory, StoreUnavailableError } from '@live-mem/core';
import { appendingConsolidator, openMemory, type TestMemory } from '../open-memory.ts';

const REGISTRY = '_system/tokens.json';

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

  it('makes one first administrator where two ask at once', async () => {
    const { memory, another } = await open();
    const both = await Promise.allSettled(
      [memory, another()].map(({ tokens }) => tokens.createFirst({ name: 'root' })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await memory.tokens.list()).total).toBe(1);
  });

  it('counts an administrator who ended as none', async () => {
    const { memory, clock } = await open();
    await memory.tokens.createFirst({ name: 'root', expiresInDays: 1 });
    clock.advance(86_400_000);
    await expect(memory.tokens.createFirst({ name: 'again' })).resolves.toMatchObject({ permissions: ['admin'] });
  });

  it('takes for all no space that was deleted', async () => {
    const { memory } = await open();
    await memory.spaces.delete({ space: 'beta' });
    const made = await memory.tokens.create({ name: 'a', permissions: ['read'], spaces: 'all' });
    expect(made.spaces).toEqual(['alpha']);
  });

  it('draws the secret from the port it is given', async () => {
    const { store, clock } = await open();
    const lengths: number[] = [];
    const randomBytes = (length: number): Uint8Array => {
      lengths.push(length);
      return new Uint8Array(length).fill(255);
    };
    const memory = createLiveMemory({ store, consolidator: appendingConsolidator, clock, randomBytes });
    const { token } = await memory.tokens.create({ name: 'a', permissions: ['read'] });
    expect([token, lengths]).toEqual([`lm_${'_'.repeat(42)}8`, [32]]);
  });

  it('tells the token once, and in no other answer; no error tells a hash', async () => {
    const { memory } = await open();
    const { token, hash } = await memory.tokens.create({ name: 'a', permissions: ['read'], spaces: ['alpha'] });
    const { tokens } = memory;
    const answers = [
      await tokens.authenticate(token),
      await tokens.list(),
      await tokens.update({ hash, spaces: [] }),
      await tokens.updateMany({ names: ['a'], email: 'b' }),
      await tokens.revoke({ hash }),
      await tokens.delete({ hash }),
    ];
    expect(JSON.stringify(answers)).not.toContain(token.slice(3));
    const failing = [
      () => tokens.revoke({ hash }),
      () => tokens.authenticate(token),
      () => tokens.update({ hash: `${hash}0` }),
    ];
    for (const fails of failing) {
      const message = await fails().then(
        () => 'passed',
        (error: Error) => error.message,
      );
      expect(message).not.toMatch(/passed|[0-9a-f]{16}/);
    }
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
    const memory = createLiveMemory({ store: losing, consolidator: appendingConsolidator, clock });
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
    expect(await memory.tokens.list({ limit: 4 })).not.toHaveProperty('nextCursor');
  });

  it('goes on after a token that matches no more, and says so of one that is gone', async () => {
    const { memory } = await open();
    for (const name of ['a', 'b', 'c', 'd']) await memory.tokens.create({ name, permissions: ['read'] });
    const input = { limit: 2, includeRevoked: false };
    const { nextCursor = '' } = await memory.tokens.list(input);
    await memory.tokens.revoke({ hash: nextCursor });
    const next = await memory.tokens.list({ ...input, cursor: nextCursor });
    expect(next.tokens.map(({ name }) => name)).toEqual(['c', 'd']);
    await memory.tokens.delete({ hash: nextCursor });
    const gone = memory.tokens.list({ ...input, cursor: nextCursor });
    await expect(gone).rejects.toMatchObject({ code: 'INVALID_INPUT' });
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

  it('refuses digits that several tokens begin with, and changes none of them', async () => {
    const { memory, store, clock } = await open();
    await memory.tokens.create({ name: 'a', permissions: ['read'] });
    const { tokens } = JSON.parse((await store.get(REGISTRY))?.body ?? '') as { tokens: { hash: string }[] };
    const [one, prefix] = [tokens[0], 'ab'.repeat(10)];
    const twins = ['0', '1'].map((digit) => ({ ...one, hash: `sha256:${prefix}${digit.repeat(44)}` }));
    await store.put(REGISTRY, JSON.stringify({ tokens: twins }));
    clock.advance(5_000);
    const { revoke, update } = memory.tokens;
    await expect(revoke({ hash: prefix })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(update({ hash: prefix, email: 'x' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect((await memory.tokens.list({ includeRevoked: false })).tokens.map(({ email }) => email)).toEqual(['', '']);
    expect(await revoke({ hash: `sha256:${prefix.toUpperCase()}1` })).toMatchObject({ state: 'revoked' });
  });

  it('leaves revoked ones alone among many, unless they are asked for', async () => {
    const { memory } = await open();
    const { hash } = await memory.tokens.create({ name: 'a', permissions: ['read'] });
    await memory.tokens.revoke({ hash });
    expect(await memory.tokens.updateMany({ names: ['a'], email: 'x' })).toEqual([]);
    const updated = await memory.tokens.updateMany({ names: ['a'], email: 'x', includeRevoked: true });
    expect(updated).toMatchObject([{ before: { email: '' }, after: { email: 'x', state: 'revoked' } }]);
  });

  it('lets no token enter more than 1,000 spaces', async () => {
    const { memory, store, clock } = await open();
    const { hash } = await memory.tokens.create({ name: 'a', permissions: ['read'] });
    const registry = JSON.parse((await store.get(REGISTRY))?.body ?? '') as { tokens: object[] };
    const many = Array.from({ length: 1_000 }, (_, n) => `space-${n}`);
    await store.put(REGISTRY, JSON.stringify({ tokens: [{ ...registry.tokens[0], space_ids: many }] }));
    clock.advance(5_000);
    const { update } = memory.tokens;
    await expect(update({ hash, spacesAdd: ['alpha'] })).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await expect(update({ hash, spacesAdd: ['alpha'], spacesRemove: ['space-7'] })).resolves.toMatchObject({
      added: ['alpha'],
      removed: ['space-7'],
    });
  });

  it('purges the revoked ones; or all but the one that asks', async () => {
    const { memory } = await open();
    const made = [];
    for (const name of ['a', 'b', 'c']) made.push(await memory.tokens.create({ name, permissions: ['admin'] }));
    await memory.tokens.revoke({ hash: made[0]?.hash ?? '' });
    expect(await memory.tokens.purge()).toEqual({ deleted: 1, remaining: 2 });
    expect(await memory.tokens.purge({ revokedOnly: false, keep: made[1]?.hash.slice(7, 27) })).toEqual({
      deleted: 1,
      remaining: 1,
    });
    await expect(memory.tokens.authenticate(made[2]?.token ?? '')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(memory.tokens.authenticate(made[1]?.token ?? '')).resolves.toMatchObject({ name: 'b' });
  });
});
