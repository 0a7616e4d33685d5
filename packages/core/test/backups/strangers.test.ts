import { describe, expect, it } from '@jest/globals';
import type { Caller } from '@live-mem/core';
import { openMemory } from '../open-memory.ts';

const token = (permission: 'write' | 'manage' | 'admin', ...spaces: string[]): Caller => ({
  kind: 'token',
  name: 'a',
  permission,
  spaces: new Set(spaces),
});

describe('a backup that another program left of a space which is gone', () => {
  it('is not shown to who makes a space of that id now', async () => {
    const { memory, store } = await openMemory();
    await store.put('_backups/ghost/2025-05-05T05-05-05/_meta.json', '{}');
    await store.put('_backups/ghost/2025-05-05T05-05-05/bank/secret.md', 'of somebody else\n');
    await memory.spaces.create({ space: 'ghost' });
    const caller = token('manage', 'ghost');
    const backup = 'ghost/2025-05-05T05-05-05';
    expect((await memory.backups.list({ caller })).backups).toEqual([]);
    await expect(memory.backups.download({ backup, caller })).rejects.toMatchObject({ code: 'BACKUP_NOT_FOUND' });
    expect((await memory.backups.list({ caller: token('admin') })).backups).toHaveLength(1);
  });
});

describe('an administrator who may not enter a space', () => {
  it('sees none of its backups while it lives, and those of lives that ended', async () => {
    const { memory } = await openMemory();
    const { backup } = await memory.backups.create({ space: 'alpha' });
    const caller = token('admin');
    expect((await memory.backups.list({ caller })).backups).toEqual([]);
    for (const call of [memory.backups.download, memory.backups.verify, memory.backups.delete, memory.backups.restore])
      await expect(call({ backup, caller })).rejects.toMatchObject({ code: 'BACKUP_NOT_FOUND' });
    await memory.spaces.delete({ space: 'alpha' });
    expect((await memory.backups.list({ caller })).backups).toHaveLength(1);
    await memory.spaces.create({ space: 'alpha' });
    expect((await memory.backups.list({ caller })).backups).toHaveLength(1);
    await expect(memory.backups.restore({ backup, as: 'beta', caller })).resolves.toMatchObject({ space: 'beta' });
  });
});

describe('a backup that lost its manifest', () => {
  it('is not taken for one of a program that writes none', async () => {
    const { memory, store } = await openMemory();
    const { backup } = await memory.backups.create({ space: 'alpha' });
    await store.delete(`_backups/${backup}/_manifest.json`);
    expect(await memory.backups.verify({ backup })).toMatchObject({ ok: false });
    expect((await memory.backups.list()).backups).toMatchObject([{ complete: false }]);
    await expect(memory.backups.restore({ backup, as: 'beta' })).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
  });
});

describe('a folder that is named like a backup, of a day that does not exist', () => {
  it('is none, and hides no other', async () => {
    const { memory, store } = await openMemory();
    await store.put('_backups/alpha/2026-13-01T00-00-00/_rules.md', '');
    const { backup } = await memory.backups.create({ space: 'alpha' });
    expect((await memory.backups.list()).backups.map((one) => one.backup)).toEqual([backup]);
    await expect(memory.backups.verify({ backup: 'alpha/2026-13-01T00-00-00' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});

describe('a restore that meets another one', () => {
  it('does not tell of a backup of a space that the caller may not enter', async () => {
    const { memory, store, another } = await openMemory();
    await memory.spaces.create({ space: 'secret' });
    const theirs = await memory.backups.create({ space: 'secret' });
    const { backup } = await memory.backups.create({ space: 'alpha' });
    await memory.backups.restore({ backup: theirs.backup, as: 'beta' });
    const { commits } = await memory.bank.history({ space: 'beta' });
    await store.delete(`beta/_commits/${String(commits[0]?.commit).padStart(10, '0')}.json`);
    const refused = async (caller?: Caller): Promise<string> =>
      another()
        .backups.restore({ backup, as: 'beta', caller })
        .then(
          () => 'restored',
          (error: Error) => error.message,
        );
    expect(await refused()).toContain(theirs.backup);
    expect(await refused(token('manage', 'alpha'))).toMatch(/^a backup is being restored as "beta"/);
  });
});
