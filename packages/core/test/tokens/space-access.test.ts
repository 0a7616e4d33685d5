import { describe, expect, it } from '@jest/globals';
import { createLiveMemory, type LiveMemory, type ObjectStore, ownerCaller } from '@live-mem/core';
import { interruptedStore } from '../backups/interrupted-store.ts';
import { appendingConsolidator, openMemory, type TestMemory } from '../open-memory.ts';

const REGISTRY = '_system/tokens.json';

/** A process that is held at its first write of the registry until `before` is done. */
function heldAtWrite({ store, clock }: TestMemory, before: () => Promise<unknown>): LiveMemory {
  let isFirst = true;
  const held: ObjectStore = {
    ...store,
    async put(key, body, only) {
      if (key === REGISTRY && isFirst) {
        isFirst = false;
        await before();
      }
      return store.put(key, body, only);
    },
  };
  return createLiveMemory({ store: held, consolidator: appendingConsolidator, clock });
}

describe('spaces and tokens', () => {
  it('a new space joins the token that created it, and leaves all when it is deleted', async () => {
    const { memory } = await openMemory();
    const { token, hash } = await memory.tokens.create({ name: 'a', permissions: ['manage'], spaces: ['alpha'] });
    await memory.spaces.create({ space: 'own', creator: hash });
    await expect(memory.tokens.authorize(token, 'manage', 'own')).resolves.toMatchObject({ name: 'a' });
    await memory.spaces.delete({ space: 'own' });
    await expect(memory.tokens.authorize(token, 'read', 'own')).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
    expect((await memory.tokens.list()).tokens[0]?.spaces).toEqual(['alpha']);
  });

  it('a token that an old registry brings back does not enter the second life of an id', async () => {
    const { memory, store, clock } = await openMemory();
    const { token } = await memory.tokens.create({ name: 'a', permissions: ['read'], spaces: ['alpha'] });
    const old = (await store.get(REGISTRY))?.body ?? '';
    await memory.spaces.delete({ space: 'alpha' });
    await store.put(REGISTRY, old);
    await memory.spaces.create({ space: 'alpha' });
    clock.advance(5_001);
    await expect(memory.tokens.authorize(token, 'read', 'alpha')).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
  });

  it('an administrator who adds a space while it is deleted and made again looks again', async () => {
    const test = await openMemory();
    const { hash } = await test.memory.tokens.create({ name: 'a', permissions: ['read'] });
    const admin = heldAtWrite(test, async () => {
      const other = test.another();
      await other.spaces.delete({ space: 'alpha' });
      await other.spaces.create({ space: 'alpha' });
      await other.spaces.delete({ space: 'alpha' });
    });
    const update = admin.tokens.update({ hash, spacesAdd: ['alpha'] });
    await expect(update).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
  });

  it('so does one who began while the deletion lost a race with others', async () => {
    const test = await openMemory();
    const { hash } = await test.memory.tokens.create({ name: 'a', permissions: ['read'] });
    const reached = Promise.withResolvers<void>();
    const deleted = Promise.withResolvers<void>();
    const admin = heldAtWrite(test, () => {
      reached.resolve();
      return deleted.promise;
    });
    let update: Promise<unknown> = Promise.resolve();
    const deleting = heldAtWrite(test, async () => {
      await test.another().tokens.create({ name: 'b', permissions: ['read'] });
      update = admin.tokens.update({ hash, spacesAdd: ['alpha'] });
      await reached.promise;
    });
    await deleting.spaces.delete({ space: 'alpha' });
    deleted.resolve();
    await expect(update).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
    expect((await test.another().tokens.list()).tokens.map(({ spaces }) => spaces)).toEqual([[], []]);
  });

  it('a badge is not made while its space is deleted', async () => {
    const test = await openMemory();
    await test.memory.tokens.create({ name: 'a', permissions: ['read'] });
    const minting = heldAtWrite(test, () => test.another().spaces.delete({ space: 'alpha' }));
    const caller = ownerCaller('me');
    const minted = minting.tokens.mintBadge({ space: 'alpha', agent: 'helper', caller });
    await expect(minted).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
  });

  it('a token that is deleted while it is revoked is revoked', async () => {
    const test = await openMemory();
    const { hash } = await test.memory.tokens.create({ name: 'a', permissions: ['read'] });
    const revoking = heldAtWrite(test, () => test.memory.tokens.delete({ hash }));
    expect(await revoking.tokens.revoke({ hash })).toMatchObject({ name: 'a', state: 'revoked' });
  });

  it('a space that exists already leaves the tokens that may enter it', async () => {
    const { memory, store } = await openMemory();
    const { hash } = await memory.tokens.create({ name: 'a', permissions: ['write'], spaces: ['alpha'] });
    const before = await store.get(REGISTRY);
    expect(await memory.spaces.create({ space: 'alpha', creator: hash })).toEqual({ status: 'already_exists' });
    expect(await store.get(REGISTRY)).toEqual(before);
  });

  it('a token does not join a space that was deleted and made anew by another one before it could', async () => {
    const test = await openMemory();
    const [one, other] = [
      await test.memory.tokens.create({ name: 'one', permissions: ['manage'] }),
      await test.memory.tokens.create({ name: 'other', permissions: ['manage'] }),
    ];
    let isMade = false;
    const store = interruptedStore(
      test.store,
      ({ op, key }) => {
        isMade ||= op === 'put' && key.startsWith('own/_commits/');
        return isMade && op === 'get' && key === REGISTRY;
      },
      async () => {
        await test.another().spaces.delete({ space: 'own' });
        await test.another().spaces.create({ space: 'own', creator: other.hash });
      },
    );
    await test.another(undefined, store).spaces.create({ space: 'own', creator: one.hash });
    const { tokens } = await test.another().tokens.list();
    expect(tokens.map(({ name, spaces }) => [name, ...spaces])).toEqual([['one'], ['other', 'own']]);
  });

  it('a token that was deleted joins no space', async () => {
    const { memory } = await openMemory();
    const { hash } = await memory.tokens.create({ name: 'a', permissions: ['write'] });
    await memory.tokens.delete({ hash });
    await memory.spaces.create({ space: 'own', creator: hash });
    expect((await memory.tokens.list()).total).toBe(0);
  });
});
