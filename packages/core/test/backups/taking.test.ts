import { describe, expect, it } from '@jest/globals';
import { createLiveMemory, type LiveMemory, StoreUnavailableError } from '@live-mem/core';
import { createCountingIds } from '@live-mem/core/testing';
import { appendingConsolidator, openMemory, type TestMemory } from '../open-memory.ts';
import { type Asked, interruptedStore } from './interrupted-store.ts';

const space = 'alpha';

async function filled(notes = 3): Promise<TestMemory> {
  const test = await openMemory();
  await test.memory.bank.write({ space, filename: 'x.md', content: 'x\n' });
  for (let n = 0; n < notes; n++) await test.note(`note ${n}`);
  return test;
}

const isCopy = ({ op, key }: Asked): boolean => op === 'put' && key.endsWith('/_meta.json');
const isRead = ({ op, key }: Asked): boolean => op === 'get' && key.startsWith('alpha/live/');
const isDeletion = ({ op, key }: Asked): boolean => op === 'delete' && key.endsWith('_rules.md');

function keeping({ store, clock }: TestMemory, count: number, days: number): LiveMemory {
  const newId = createCountingIds('f');
  return createLiveMemory({ store, clock, newId, consolidator: appendingConsolidator, retention: { count, days } });
}

/** A process beside which somebody does something, right before it copies the first file of a backup. */
function interrupted({ another, store }: TestMemory, does: () => Promise<unknown>): LiveMemory {
  return another(undefined, interruptedStore(store, isCopy, does));
}

async function filesOf({ keys, store }: TestMemory, backup: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const key of await keys(`_backups/${backup}/`)) {
    files.set(key.slice(`_backups/${backup}/`.length), (await store.get(key))?.body ?? '');
  }
  return files;
}

describe('while a backup is taken', () => {
  it('notes may be consumed and gone, and documents changed: it holds them as they were', async () => {
    const test = await filled();
    const first = (await test.memory.notes.read({ space })).notes;
    const taken = await interrupted(test, async () => {
      await test.consolidate();
      await test.memory.bank.write({ space, filename: 'x.md', content: 'later\n' });
    }).backups.create({ space });
    expect(taken.commit).toBe(2);
    const files = await filesOf(test, taken.backup);
    expect(files.get('bank/x.md')).toBe('x\n');
    for (const { filename, content } of first) expect(files.get(`live/${filename}`)).toContain(content);
    expect(await test.keys('alpha/live/')).toEqual([]);
    expect(await test.memory.backups.verify({ backup: taken.backup })).toMatchObject({ ok: true });
  });

  it('a note may be deleted by hand: it is taken anew, and nothing is left of the first try', async () => {
    const test = await filled();
    const [gone] = await test.keys('alpha/live/');
    const over = interruptedStore(test.store, isRead, () => test.store.delete(gone ?? ''));
    const { backup, files } = await test.another(undefined, over).backups.create({ space });
    expect(files).toBe(3 + 2);
    expect((await test.memory.backups.list()).backups).toMatchObject([{ backup, complete: true }]);
  });

  it('the space may be deleted, and made anew: then there is none of either', async () => {
    const test = await filled();
    const over = interruptedStore(test.store, isRead, async () => {
      // The commit that consumed the notes loses their texts with the deletion.
      await test.consolidate();
      await test.memory.spaces.delete({ space });
      await test.memory.spaces.create({ space });
    });
    const memory = test.another(undefined, over);
    await expect(memory.backups.create({ space })).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
    expect((await test.memory.backups.list()).backups).toEqual([]);
  });

  it('never takes what is said of one life for another', async () => {
    const test = await filled();
    await test.memory.spaces.update({ space, description: 'secret of the first life' });
    let isDeleted = false;
    const memory = test.another(undefined, {
      ...test.store,
      async *list(prefix, options) {
        // Notes are listed between `_meta.json` and the head.
        if (prefix === 'alpha/live/' && !isDeleted) {
          isDeleted = true;
          await test.memory.spaces.delete({ space });
          await test.memory.spaces.create({ space });
        }
        yield* test.store.list(prefix, options);
      },
    });
    await expect(memory.spaces.export({ space })).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
    expect(isDeleted).toBe(true);
  });

  it('somebody may delete it, for one that was broken off: nothing of it is left looking whole', async () => {
    const test = await filled();
    const memory = interrupted(test, async () => {
      const [begun] = (await test.memory.backups.list()).backups;
      await test.memory.backups.delete({ backup: begun?.backup ?? '' });
    });
    await expect(memory.backups.create({ space })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await test.keys('_backups/')).toEqual([]);
  });
});

describe('a backup of a space that another program laid out', () => {
  it('is taken without a log, which nobody begins for it', async () => {
    const test = await openMemory();
    await test.store.put('old/_meta.json', JSON.stringify({ description: 'theirs', consolidation_count: 3 }));
    await test.store.put('old/bank/x.md', 'x\n');
    const { backup, commit } = await test.memory.backups.create({ space: 'old' });
    expect(commit).toBe(0);
    expect(await test.keys('old/_commits/')).toEqual([]);
    await test.memory.backups.restore({ backup, as: 'new' });
    expect(await test.memory.spaces.info({ space: 'new' })).toMatchObject({
      description: 'theirs',
      consolidationCount: 3,
      bank: { files: ['x.md'] },
    });
  });
});

describe('which backups are kept', () => {
  it('is all of them where no number is set, and those of so many days, but always the newest', async () => {
    const test = await filled();
    const [all, young] = [keeping(test, 0, 0), keeping(test, 0, 2)];
    for (let n = 0; n < 7; n++) {
      await all.backups.create({ space });
      test.clock.advance(86_400_000);
    }
    expect((await all.backups.list()).backups).toHaveLength(7);
    test.clock.advance(10 * 86_400_000);
    const { backup, deleted } = await young.backups.create({ space });
    expect(deleted).toHaveLength(7);
    expect((await all.backups.list()).backups).toMatchObject([{ backup }]);
  });

  it('does not fail the backup where it fails: the answer says so', async () => {
    const test = await filled();
    for (let n = 0; n < 5; n++) {
      await test.memory.backups.create({ space });
      test.clock.advance(60_000);
    }
    const over = interruptedStore(test.store, isDeletion, () => Promise.reject(new StoreUnavailableError('gone')));
    const taken = await test.another(undefined, over).backups.create({ space });
    expect(taken.warnings).toHaveLength(1);
    expect(await test.memory.backups.verify({ backup: taken.backup })).toMatchObject({ ok: true });
    expect((await test.memory.backups.list()).backups.filter(({ complete }) => !complete)).toHaveLength(1);
  });

  it('leaves those of an earlier life alone: they are not of this space', async () => {
    const test = await filled();
    const { backup } = await test.memory.backups.create({ space });
    await test.memory.spaces.delete({ space });
    await test.memory.spaces.create({ space });
    for (let n = 0; n < 7; n++) {
      test.clock.advance(60_000);
      await test.memory.backups.create({ space });
    }
    const left = (await test.memory.backups.list()).backups.map((one) => one.backup);
    expect(left).toHaveLength(6);
    expect(left).toContain(backup);
  });
});
