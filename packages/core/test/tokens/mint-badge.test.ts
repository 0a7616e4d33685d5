import { describe, expect, it } from '@jest/globals';
import { type Caller, type LiveMemory, ownerCaller } from '@live-mem/core';
import { openMemory, type TestMemory } from '../open-memory.ts';

const REGISTRY = '_system/tokens.json';
const owner = ownerCaller('me');
const badge = { space: 'own', agent: 'helper' } as const;

interface Minting extends TestMemory {
  /** The token that created the space `own`. */
  readonly creator: { readonly token: string; readonly hash: string };
  readonly mint: (caller: Caller, memory?: LiveMemory) => ReturnType<LiveMemory['tokens']['mintBadge']>;
}

async function open(): Promise<Minting> {
  const test = await openMemory();
  const creator = await test.memory.tokens.create({ name: 'creator', permissions: ['write'] });
  await test.memory.spaces.create({ space: 'own', creator: creator.hash });
  return { ...test, creator, mint: (caller, memory = test.memory) => memory.tokens.mintBadge({ ...badge, caller }) };
}

describe('making a badge', () => {
  it.each([
    ['was revoked', ({ tokens }: LiveMemory, hash: string) => tokens.revoke({ hash }), 'UNAUTHENTICATED'],
    ['was deleted', ({ tokens }: LiveMemory, hash: string) => tokens.delete({ hash }), 'UNAUTHENTICATED'],
    [
      'may enter the space no more',
      ({ tokens }: LiveMemory, hash: string) => tokens.update({ hash, spaces: [] }),
      'SPACE_NOT_FOUND',
    ],
    [
      'may write no more',
      ({ tokens }: LiveMemory, hash: string) => tokens.update({ hash, permissions: ['read'] }),
      'FORBIDDEN',
    ],
  ])('is refused at once to a creator whose token %s in another process', async (_, change, code) => {
    const { memory, another, creator, mint } = await open();
    const other = another();
    const caller = await other.tokens.authorize(creator.token, 'write', 'own');
    await change(memory, creator.hash);
    await expect(mint(caller, other)).rejects.toMatchObject({ code });
    expect((await memory.tokens.list({ nameContains: 'helper' })).total).toBe(0);
  });

  it('is refused to an administrator who may enter the space, and to one who may not', async () => {
    const { memory, mint } = await open();
    const [inside, outside] = [
      await memory.tokens.create({ name: 'a', permissions: ['admin'], spaces: ['own'] }),
      await memory.tokens.create({ name: 'b', permissions: ['admin'] }),
    ];
    await expect(mint(await memory.tokens.authenticate(inside.token))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(mint(await memory.tokens.authenticate(outside.token))).rejects.toMatchObject({
      code: 'SPACE_NOT_FOUND',
    });
  });

  it('is refused to a badge, even in a space that it created', async () => {
    const { memory, mint } = await open();
    const { token, hash } = await mint(owner);
    await memory.spaces.create({ space: 'more', creator: hash });
    const caller = await memory.tokens.authorize(token, 'write', 'more');
    const minted = memory.tokens.mintBadge({ space: 'more', agent: 'next', caller });
    await expect(minted).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is refused in a space whose creator nobody knows, but to whoever holds the store', async () => {
    const { memory, creator, mint } = await open();
    await memory.tokens.update({ hash: creator.hash, spacesAdd: ['alpha'] });
    const caller = await memory.tokens.authenticate(creator.token);
    const elsewhere = { space: 'alpha', agent: 'helper' };
    await expect(memory.tokens.mintBadge({ ...elsewhere, caller })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await memory.tokens.mintBadge({ ...elsewhere, caller: owner })).toMatchObject({ replaced: false });
    expect(await mint(owner)).toMatchObject({ replaced: false });
  });

  it('is refused where `_meta.json` is damaged: nobody knows the creator', async () => {
    const { memory, store, creator, mint } = await open();
    const caller = await memory.tokens.authenticate(creator.token);
    await store.put('own/_meta.json', `{"creator_token_hash": "${creator.hash}"`);
    await expect(mint(caller)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is refused to the creator of an earlier space of that id', async () => {
    const { memory, creator, mint } = await open();
    await memory.spaces.delete({ space: 'own' });
    const next = await memory.tokens.create({ name: 'next', permissions: ['write'] });
    await memory.spaces.create({ space: 'own', creator: next.hash });
    await memory.tokens.update({ hash: creator.hash, spacesAdd: ['own'] });
    const caller = await memory.tokens.authenticate(creator.token);
    await expect(mint(caller)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await mint(await memory.tokens.authenticate(next.token))).toMatchObject({ replaced: false });
  });

  it.each([
    ['a space that is not there', { ...badge, space: 'nope', caller: owner }, 'SPACE_NOT_FOUND'],
    ['a name of two lines', { ...badge, agent: 'a\nb', caller: owner }, 'INVALID_INPUT'],
    ['a token that nobody knows', { ...badge, space: 'alpha', caller: { ...owner, kind: 'token' } }, 'FORBIDDEN'],
    ['no caller', { ...badge, caller: undefined as unknown as Caller }, 'INVALID_INPUT'],
    ['a bootstrap key', { ...badge, caller: { ...owner, kind: 'bootstrap', permission: undefined } }, 'FORBIDDEN'],
  ] as const)('is refused for %s, and changes nothing', async (_, input, code) => {
    const { memory, store } = await open();
    const before = await store.get(REGISTRY);
    await expect(memory.tokens.mintBadge(input)).rejects.toMatchObject({ code });
    expect(await store.get(REGISTRY)).toEqual(before);
  });
});

describe('a badge that was replaced', () => {
  it('is not brought back by another program that writes an old registry back', async () => {
    const { another, store, mint } = await open();
    const first = await mint(owner);
    const old = (await store.get(REGISTRY))?.body ?? '';
    await mint(owner);
    await store.put(REGISTRY, old);
    await expect(another().tokens.authenticate(first.token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('stays where the agent gets one for another space', async () => {
    const { memory, mint } = await open();
    const first = await mint(owner);
    const other = await memory.tokens.mintBadge({ ...badge, space: 'alpha', caller: owner });
    expect(other.replaced).toBe(false);
    expect(await memory.tokens.authorize(first.token, 'write', 'own')).toMatchObject({ name: 'helper' });
  });
});

describe('a badge', () => {
  it('reads and writes in one space, for a day, and replaces the one before', async () => {
    const { memory, clock } = await openMemory();
    await memory.spaces.create({ space: 'beta' });
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
    const { memory } = await openMemory();
    const [mine, other] = [
      await memory.tokens.create({ name: 'mine', permissions: ['write'] }),
      await memory.tokens.create({ name: 'other', permissions: ['admin'] }),
    ];
    await memory.spaces.create({ space: 'own', creator: mine.hash });
    await memory.tokens.update({ hash: other.hash, spacesAdd: ['own'] });
    const mint = async (token: string): Promise<unknown> =>
      memory.tokens.mintBadge({ space: 'own', agent: 'helper', caller: await memory.tokens.authenticate(token) });
    const minted = (await mint(mine.token)) as { token: string };
    await expect(mint(other.token)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(mint(minted.token)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is refused where 50 are active in the space', async () => {
    const { memory } = await openMemory();
    for (let n = 0; n < 50; n++) await memory.tokens.mintBadge({ space: 'alpha', agent: `a${n}`, caller: owner });
    const mint = (agent: string): Promise<unknown> => memory.tokens.mintBadge({ space: 'alpha', agent, caller: owner });
    await expect(mint('one more')).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await expect(mint('a7')).resolves.toMatchObject({ replaced: true });
  });
});
