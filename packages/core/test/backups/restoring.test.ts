import { describe, expect, it } from '@jest/globals';
import { openMemory, type TestMemory } from '../open-memory.ts';
import { interruptedStore } from './interrupted-store.ts';

const space = 'alpha';

/** A backup of a space that two tokens may be given. */
async function backedUp(notes = 1): Promise<TestMemory & { backup: string; mine: string; theirs: string }> {
  const test = await openMemory();
  await test.memory.bank.write({ space, filename: 'x.md', content: 'x\n' });
  for (let n = 0; n < notes; n++) await test.note(`note ${n}`);
  const { backup } = await test.memory.backups.create({ space });
  const hashes = ['mine', 'theirs'].map(async (name) => {
    return (await test.memory.tokens.create({ name, permissions: ['manage'], spaces: [] })).hash;
  });
  const [mine = '', theirs = ''] = await Promise.all(hashes);
  return { ...test, backup, mine, theirs };
}

async function entering({ another }: TestMemory, id: string): Promise<string[]> {
  const { tokens } = await another().tokens.list({ hasSpace: id });
  return tokens.map(({ name }) => name);
}

async function metaOf({ store }: TestMemory, id: string): Promise<Record<string, unknown>> {
  return JSON.parse((await store.get(`${id}/_meta.json`))?.body ?? '') as Record<string, unknown>;
}

describe('who may enter a restored space', () => {
  it('is the token that asked first, also where another one asks for the same', async () => {
    const test = await backedUp();
    const { memory, backup, mine, theirs } = test;
    await memory.backups.restore({ backup, as: 'beta', creator: mine });
    await memory.backups.restore({ backup, as: 'beta', creator: theirs });
    expect(await entering(test, 'beta')).toEqual(['mine']);
  });

  it('is the token that began it, where another one goes on', async () => {
    const test = await backedUp();
    const { memory, another, store, backup, mine, theirs } = test;
    const dying = another(
      undefined,
      interruptedStore(
        store,
        ({ op, key }) => op === 'put' && key.startsWith('beta/live/'),
        () => Promise.reject(new Error('died')),
      ),
    );
    await expect(dying.backups.restore({ backup, as: 'beta', creator: mine })).rejects.toThrow('died');
    await memory.backups.restore({ backup, as: 'beta', creator: theirs });
    expect(await entering(test, 'beta')).toEqual(['mine']);
    expect(await metaOf(test, 'beta')).toMatchObject({ creator_token_hash: mine });
  });

  it('is let in when it asks again, since its process may have died; but not after an hour', async () => {
    const test = await backedUp();
    const { memory, clock, backup, mine } = test;
    const again = { backup, as: 'beta', creator: mine };
    await memory.backups.restore(again);
    const shutOut = async (): Promise<unknown> => memory.tokens.update({ hash: mine, spacesRemove: ['beta'] });
    await shutOut();
    await memory.backups.restore(again);
    expect(await entering(test, 'beta')).toEqual(['mine']);
    await shutOut();
    clock.advance(3_600_000);
    await memory.backups.restore(again);
    expect(await entering(test, 'beta')).toEqual([]);
  });

  it('is nobody of the restore where the space was deleted and made anew before the token got in', async () => {
    const test = await backedUp();
    const { another, store, backup, mine, theirs } = test;
    const others = another();
    let hints = 0;
    const slow = another(
      undefined,
      interruptedStore(
        store,
        // The second time, the restored space is shown: what comes after is the token.
        ({ op, key }) => op === 'put' && key === 'beta/_head.json' && ++hints === 2,
        async () => {
          await others.spaces.delete({ space: 'beta' });
          await others.spaces.create({ space: 'beta', creator: theirs });
        },
      ),
    );
    await slow.backups.restore({ backup, as: 'beta', creator: mine });
    expect(hints).toBe(2);
    expect(await entering(test, 'beta')).toEqual(['theirs']);
  });
});

describe('_meta.json of a restored space', () => {
  it('is that of the backup with its own id, also where a deletion that was broken off left another', async () => {
    const test = await backedUp();
    const { memory, store, backup, mine, theirs } = test;
    const before = await metaOf(test, space);
    const theirsToo = { ...before, creator_token_hash: theirs, description: 'old', graph_memory: { token: 'old' } };
    await memory.spaces.delete({ space });
    await store.put('alpha/_meta.json', JSON.stringify(theirsToo));
    await store.put('alpha/bank/old.md', 'left by the deletion\n');
    await memory.backups.restore({ backup, creator: mine });
    expect(await metaOf(test, space)).toEqual({ ...before, creator_token_hash: mine });
    expect((await memory.bank.list({ space })).documents.map(({ filename }) => filename)).toEqual(['x.md']);
    await memory.backups.restore({ backup, as: 'beta' });
    expect(await metaOf(test, 'beta')).toEqual({ ...before, space_id: 'beta' });
  });

  it('is made where the backup has none that can be read', async () => {
    const test = await openMemory();
    const prefix = '_backups/old/2025-05-05T05-05-05/';
    await test.store.put(`${prefix}_meta.json`, 'no JSON');
    await test.store.put(`${prefix}bank/x.md`, 'x\n');
    await test.memory.backups.restore({ backup: 'old/2025-05-05T05-05-05' });
    expect(await metaOf(test, 'old')).toMatchObject({ space_id: 'old', version: 1, consolidation_count: 0 });
    expect(await test.memory.spaces.info({ space: 'old' })).toMatchObject({ createdAt: '2026-01-02T03:04:05.000Z' });
  });

  it('keeps what is said of the space while somebody slow still restores it', async () => {
    const test = await backedUp();
    const { memory, another, store, backup } = test;
    const slow = another(
      undefined,
      interruptedStore(
        store,
        ({ op, key }) => op === 'put' && key === 'beta/_meta.json',
        async () => {
          await memory.backups.restore({ backup, as: 'beta' });
          await memory.spaces.update({ space: 'beta', description: 'said since' });
        },
      ),
    );
    await slow.backups.restore({ backup, as: 'beta' });
    expect(await metaOf(test, 'beta')).toMatchObject({ description: 'said since' });
  });
});

describe('a deletion while a backup is restored', () => {
  it('ends it: no more than the notes of one batch are written late, and none of them shows in a later space', async () => {
    const test = await backedUp(250);
    const { memory, another, store, keys, backup } = test;
    const slow = another(
      undefined,
      interruptedStore(
        store,
        ({ op, key }) => op === 'put' && key.startsWith('beta/live/'),
        () => memory.spaces.delete({ space: 'beta' }),
      ),
    );
    await expect(slow.backups.restore({ backup, as: 'beta' })).rejects.toMatchObject({ code: 'WRITE_CONFLICT' });
    expect((await keys('beta/live/')).length).toBeLessThanOrEqual(100);
    await expect(memory.spaces.info({ space: 'beta' })).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
    await memory.spaces.create({ space: 'beta' });
    expect((await another().notes.read({ space: 'beta' })).notes).toEqual([]);
  });
});

describe('what restoring asks of the store', () => {
  it('is each file twice, and a write for each note', async () => {
    const { memory, counting, backup } = await backedUp(250);
    counting.reset();
    await memory.backups.restore({ backup, as: 'beta' });
    const { byOperation } = counting.counts();
    const files = 250 + 3;
    // Beside the files: marks of the backup, the registry, heads, what settling looks at.
    expect(byOperation['get']).toBeGreaterThanOrEqual(2 * files);
    expect(byOperation['get']).toBeLessThan(2 * files + 20);
    // Beside the notes: 3 commits, 2 documents, _meta.json, 2 hints, the registry.
    expect(byOperation['put']).toBeLessThanOrEqual(250 + 10);
  });
});

describe('what verifying asks of the store', () => {
  it('is each file once, its marks, a head and a listing', async () => {
    const { memory, counting, backup } = await backedUp(20);
    counting.reset();
    await memory.backups.verify({ backup });
    expect(counting.counts().byOperation).toEqual({ get: 3 + 20 + 3, list: 2 });
  });

  it('is for a list of backups a listing, a head, and 3 marks of each', async () => {
    const { memory, counting, clock } = await backedUp();
    clock.advance(60_000);
    await memory.backups.create({ space });
    counting.reset();
    await memory.backups.list({ space });
    expect(counting.counts().byOperation).toEqual({ get: 2 * 3, list: 2 });
  });
});
