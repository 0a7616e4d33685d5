import { describe, expect, it } from '@jest/globals';
import { RestoreConflictError, SpaceNotFoundError } from '@live-mem/core';
import { decodeCommit, encodeCommit } from '../../src/log/commit.ts';
import { openMemory, type TestMemory } from '../open-memory.ts';
import { firstLife, secondLife, shownBy, space } from './two-lives.ts';

describe('who may enter the second life', () => {
  it('is its creator, and no token that entered the first', async () => {
    const test = await firstLife();
    const old = await test.memory.tokens.create({ name: 'old', permissions: ['admin'], spaces: ['alpha'] });
    const mine = await test.memory.tokens.create({ name: 'mine', permissions: ['write'] });
    await secondLife(test, mine.hash);
    const other = test.another();
    await expect(other.tokens.authorize(old.token, 'read', space)).rejects.toBeInstanceOf(SpaceNotFoundError);
    expect(await other.tokens.authorize(mine.token, 'write', space)).toMatchObject({ name: 'mine' });
    expect(JSON.parse((await test.store.get('alpha/_meta.json'))?.body ?? '')).toMatchObject({
      creator_token_hash: mine.hash,
    });
    expect(JSON.stringify(await shownBy(other))).not.toContain(mine.hash);
  });

  it('is no token that was given the id while the space was not there', async () => {
    const test = await openMemory();
    const { token, hash } = await test.memory.tokens.create({ name: 'old', permissions: ['write'], spaces: [space] });
    await test.memory.spaces.delete({ space });
    const registry = JSON.parse((await test.store.get('_system/tokens.json'))?.body ?? '') as {
      tokens: { hash: string; space_ids: string[] }[];
    };
    for (const entry of registry.tokens) if (entry.hash === hash) entry.space_ids.push(space);
    await test.store.put('_system/tokens.json', JSON.stringify(registry));
    await test.another().spaces.create({ space });
    await expect(test.another().tokens.authorize(token, 'read', space)).rejects.toBeInstanceOf(SpaceNotFoundError);
  });

  it('is its creator also where the process died before the token could enter, for an hour', async () => {
    const test = await openMemory();
    const { token, hash } = await test.memory.tokens.create({ name: 'mine', permissions: ['write'] });
    await test.memory.spaces.create({ space: 'beta', creator: hash });
    const leave = () => test.memory.tokens.update({ hash, spacesRemove: ['beta'] });
    const comesBack = async (creator: string): Promise<boolean> => {
      expect(await test.another().spaces.create({ space: 'beta', creator })).toEqual({ status: 'already_exists' });
      return test
        .another()
        .tokens.authorize(token, 'write', 'beta')
        .then(
          () => true,
          () => false,
        );
    };
    await leave();
    expect(await comesBack(`sha256:${'0'.repeat(64)}`)).toBe(false);
    expect(await comesBack(hash)).toBe(true);
    await leave();
    test.clock.advance(3_600_001);
    expect(await comesBack(hash)).toBe(false);
  });
});

async function restoring(): Promise<TestMemory> {
  const test = await openMemory();
  await test.memory.spaces.delete({ space });
  const key = 'alpha/_commits/0000000002.json';
  const ended = decodeCommit(key, (await test.store.get(key))?.body ?? '');
  const commit = {
    ...ended,
    n: 3,
    kind: 'restoring',
    op: 'r',
    life: 'second',
    past_lives: [ended.life],
    restores: { backup: 'secret-space/2026-01-01T00-00-00', sha256: '0'.repeat(64), op: 'r' },
  } as const;
  await test.store.put('alpha/_commits/0000000003.json', encodeCommit(commit));
  await test.store.put('alpha/bank/half.md', 'half');
  return test;
}

describe('an id under which a backup is being restored', () => {
  it('is taken by nobody who creates a space, and nothing is told of the backup', async () => {
    const test = await restoring();
    const before = await test.keys();
    const refusal: unknown = await test
      .another()
      .spaces.create({ space })
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RestoreConflictError);
    expect(String(refusal)).not.toContain('secret-space');
    expect(await test.keys()).toEqual(before);
  });

  it('is free again when it is deleted', async () => {
    const test = await restoring();
    await expect(test.another().spaces.info({ space })).rejects.toBeInstanceOf(SpaceNotFoundError);
    expect(await test.another().spaces.delete({ space })).toEqual({ filesDeleted: 1 });
    expect(await test.another().spaces.create({ space })).toMatchObject({ status: 'created' });
    expect((await test.another().bank.history({ space })).commits).toMatchObject([{ commit: 5, kind: 'create' }]);
  });
});
