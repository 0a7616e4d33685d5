import { describe, expect, it } from '@jest/globals';
import type { Caller } from '@live-mem/core';
import { openMemory, type TestMemory } from '../open-memory.ts';
import { holding, objectsOf } from './objects.ts';

const SECRET = 'hunter2 "é"';
const STARS = '*'.repeat(12);
const alpha = { space: 'alpha', actor: 'ann' };
const leaks = async ({ store }: TestMemory) => holding(await objectsOf(store), SECRET);
const manager: Caller = { kind: 'token', name: 'm', permission: 'manage', spaces: new Set(['alpha']) };

async function withBackup(): Promise<{ test: TestMemory; backup: string }> {
  const test = await openMemory();
  await test.memory.spaces.update({ space: 'alpha', description: SECRET });
  await test.memory.bank.write({ ...alpha, filename: 'a.md', content: `a ${SECRET}\n` });
  await test.note(`live ${SECRET}`);
  await test.note('innocent');
  return { test, backup: (await test.memory.backups.create({ ...alpha, description: SECRET })).backup };
}

describe('a backup without the secret', () => {
  it('is still whole: its manifest tells the hashes and sizes of what it holds now', async () => {
    const { test, backup } = await withBackup();
    await test.memory.spaces.redact({ ...alpha, text: SECRET });
    expect(await test.memory.backups.verify({ backup })).toMatchObject({ ok: true, verifiable: true });
    const { files } = JSON.parse((await test.store.get(`_backups/${backup}/_manifest.json`))?.body ?? '') as {
      files: Record<string, { size: number }>;
    };
    for (const [path, { size }] of Object.entries(files)) {
      expect(size).toBe(Buffer.byteLength((await test.store.get(`_backups/${backup}/${path}`))?.body ?? ''));
    }
  });

  it('restores, with stars', async () => {
    const { test, backup } = await withBackup();
    await test.memory.spaces.redact({ ...alpha, text: SECRET });
    await test.memory.backups.restore({ backup, as: 'beta' });
    const { documents } = await test.memory.bank.readAll({ space: 'beta' });
    expect(documents.map(({ content }) => content)).toEqual([`a ${STARS}\n`]);
    const { notes } = await test.memory.notes.read({ space: 'beta' });
    expect(notes.map(({ content }) => content).toSorted()).toEqual(['innocent', `live ${STARS}`]);
    expect(await leaks(test)).toEqual([]);
  });

  it('is finished by the next run where one was broken off after the manifest', async () => {
    const { test, backup } = await withBackup();
    let isBroken = false;
    const breaking = test.another(undefined, {
      ...test.store,
      async put(...request) {
        if (isBroken) throw new Error('broken off');
        if (request[0].endsWith('_manifest.json')) isBroken = true;
        return test.store.put(...request);
      },
    });
    await expect(breaking.spaces.redact({ ...alpha, text: SECRET })).rejects.toThrow('broken off');
    expect(await test.memory.backups.verify({ backup })).toMatchObject({ ok: false });
    await test.memory.spaces.redact({ ...alpha, text: SECRET });
    expect(await test.memory.backups.verify({ backup })).toMatchObject({ ok: true });
    expect(await leaks(test)).toEqual([]);
  });

  it('is told where only its description held the secret', async () => {
    const test = await openMemory();
    const { backup } = await test.memory.backups.create({ ...alpha, description: SECRET });
    expect(await test.memory.spaces.redact({ ...alpha, text: SECRET })).toMatchObject({
      backups: [{ backup, files: 1 }],
    });
    expect(await leaks(test)).toEqual([]);
  });

  it('is found also where another program laid it out', async () => {
    const test = await openMemory();
    const backup = 'alpha/2020-01-01T00-00-00';
    await test.store.put(`_backups/${backup}/_meta.json`, JSON.stringify({ description: SECRET }));
    await test.store.put(`_backups/${backup}/bank/a.md`, SECRET);
    await test.store.put(`_backups/${backup}/bank/b.md`, 'b');
    expect(await test.memory.spaces.redact({ ...alpha, text: SECRET })).toMatchObject({
      backups: [{ backup, files: 2 }],
    });
    expect(await leaks(test)).toEqual([]);
  });

  it('stays deleted where it is deleted meanwhile', async () => {
    const { test, backup } = await withBackup();
    const racing = test.another(undefined, {
      ...test.store,
      async put(...request) {
        const answer = await test.store.put(...request);
        if (request[0].endsWith('_manifest.json')) {
          for (const key of await test.keys(`_backups/${backup}/`)) await test.store.delete(key);
        }
        return answer;
      },
    });
    await racing.spaces.redact({ ...alpha, text: SECRET });
    expect(await test.keys(`_backups/`)).toEqual([]);
  });
});

async function secondLife(): Promise<{ test: TestMemory; backup: string }> {
  const { test, backup } = await withBackup();
  await test.memory.spaces.delete(alpha);
  await test.memory.spaces.create({ ...alpha, description: 'another owner' });
  return { test, backup };
}

describe('backups of an earlier life of the id', () => {
  it('lose the secret too when whoever holds the store asks, and so do its stubs', async () => {
    const { test, backup } = await secondLife();
    expect(await leaks(test)).not.toEqual([]);
    const told = await test.memory.spaces.redact({ ...alpha, text: SECRET });
    expect(told).toMatchObject({ backups: [{ backup, files: 3 }], left: [] });
    expect(await leaks(test)).toEqual([]);
  });

  it('are neither told to a caller who may not see them, nor changed by it', async () => {
    const { test, backup } = await secondLife();
    const before = await test.store.getMany(await test.keys('_backups/'));
    const request = { ...alpha, text: SECRET, caller: manager };
    const nothing = { notes: [], documents: [], commits: [], backups: [], meta: false, names: [] };
    expect(await test.memory.spaces.redact({ ...request, dryRun: true })).toMatchObject(nothing);
    expect(await test.memory.spaces.redact(request)).toMatchObject({ ...nothing, left: [] });
    expect(await test.store.getMany(await test.keys('_backups/'))).toEqual(before);
    expect(JSON.stringify(await test.memory.spaces.redact(request))).not.toContain(backup);
  });
});
