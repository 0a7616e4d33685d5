import { describe, expect, it } from '@jest/globals';
import type { Caller } from '@live-mem/core';
import { openMemory, type TestMemory } from '../open-memory.ts';

const space = 'alpha';
const reader: Caller = { kind: 'token', name: 'a', permission: 'read', spaces: new Set([space]) };

async function backedUp(): Promise<TestMemory & { backup: string }> {
  const test = await openMemory();
  const { backup } = await test.memory.backups.create({ space });
  return { ...test, backup };
}

async function seen({ another }: TestMemory, caller: Caller): Promise<number> {
  return (await another().backups.list({ caller })).backups.length;
}

/** As the Python service deletes a space: the log goes too. */
async function deleteAll({ store, keys }: TestMemory): Promise<void> {
  await store.deleteMany(await keys('alpha/'));
}

describe('backups of a space that another program deleted', () => {
  it('are shown to nobody but administrators, though tokens still name the space', async () => {
    const test = await backedUp();
    await deleteAll(test);
    expect(await seen(test, reader)).toBe(0);
    expect(await seen(test, { ...reader, permission: 'admin' })).toBe(1);
    await expect(test.another().backups.download({ backup: test.backup, caller: reader })).rejects.toMatchObject({
      code: 'BACKUP_NOT_FOUND',
    });
  });

  it('are not those of the space that it made anew', async () => {
    const test = await backedUp();
    await deleteAll(test);
    await test.store.put('alpha/_meta.json', '{}');
    expect(await seen(test, reader)).toBe(0);
  });
});

describe('whoever is no caller', () => {
  const nobody = { kind: 'token', name: 'a', permission: 'read', spaces: 'all' };
  it.each([
    ['nothing known', {}],
    ['a kind nobody knows', { ...nobody, kind: 'root' }],
    ['a permission nobody knows', { ...nobody, permission: 'root' }],
    ['spaces that are a list', { ...nobody, spaces: ['alpha'] }],
    ['no spaces', { ...nobody, spaces: undefined }],
    ['no name', { ...nobody, name: undefined }],
    ['a hash that is none', { ...nobody, tokenHash: 'x' }],
  ])('sees no backup and changes none: %s', async (_, value) => {
    const { memory } = await openMemory();
    const { backup } = await memory.backups.create({ space });
    const caller = value as Caller;
    const code = 'INVALID_INPUT';
    await expect(memory.backups.list({ caller })).rejects.toMatchObject({ code });
    await expect(memory.backups.delete({ backup, caller })).rejects.toMatchObject({ code });
    await expect(memory.backups.restore({ backup, as: 'beta', caller })).rejects.toMatchObject({ code });
    await expect(memory.tokens.mintBadge({ space, agent: 'a', caller })).rejects.toMatchObject({ code });
    expect((await memory.backups.list()).backups).toHaveLength(1);
  });
});

describe('a backup without a life', () => {
  it('is shown to who may enter the space, until the id has had a life that ended', async () => {
    const test = await openMemory();
    await test.store.put('_backups/alpha/2026-05-05T05-05-05/_meta.json', '{}');
    await test.store.put('_backups/alpha/2026-05-05T05-05-05/bank/x.md', 'x\n');
    expect(await seen(test, reader)).toBe(1);
    await test.memory.spaces.delete({ space });
    await test.memory.spaces.create({ space });
    expect(await seen(test, reader)).toBe(0);
  });
});

describe('a backup whose manifest was cut', () => {
  it('is listed as incomplete, and nothing is made of it', async () => {
    const test = await backedUp();
    const { memory, store, backup } = test;
    await store.put(`_backups/${backup}/_manifest.json`, '{"format": 1,');
    expect((await memory.backups.list()).backups).toMatchObject([{ backup, complete: false, verifiable: false }]);
    await expect(memory.backups.download({ backup })).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
    await expect(memory.backups.restore({ backup, as: 'beta' })).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
    await expect(memory.backups.delete({ backup })).resolves.toMatchObject({ filesDeleted: 4 });
  });
});

describe('whatever was added to a backup', () => {
  it.each(['bank/picture.png', 'more.txt', '_commits/0000000001.json'])('is found: %s', async (path) => {
    const { memory, store, backup } = await backedUp();
    await store.put(`_backups/${backup}/${path}`, 'x');
    expect(await memory.backups.verify({ backup })).toMatchObject({ ok: false, problems: [{ path, fault: 'added' }] });
  });
});

describe('a file that was changed between the verification and its reading', () => {
  it('ends a download and a restore', async () => {
    const { memory, store, backup } = await backedUp();
    const { files } = await memory.backups.download({ backup });
    await store.put(`_backups/${backup}/_rules.md`, 'changed\n');
    const read = async (): Promise<void> => {
      for await (const _ of files);
    };
    await expect(read()).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
  });
});

describe('a file of another program whose path leads out of its folder', () => {
  it('is no file of a space: it is not downloaded', async () => {
    const test = await openMemory();
    const prefix = '_backups/old/2025-05-05T05-05-05/';
    await test.store.put(`${prefix}bank/x.md`, 'x\n');
    const leaving = { key: `${prefix}bank/../../x.md`, size: 1, version: 'v', modifiedAt: 0 };
    const memory = test.another(undefined, {
      ...test.store,
      async *list(listed, options) {
        yield* test.store.list(listed, options);
        if (listed === prefix) yield leaving;
      },
    });
    const { filesCount } = await memory.backups.download({ backup: 'old/2025-05-05T05-05-05' });
    expect(filesCount).toBe(1);
  });
});
