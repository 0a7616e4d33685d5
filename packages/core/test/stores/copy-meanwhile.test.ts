import { describe, expect, it } from '@jest/globals';
import { copyStore, type ObjectStore, StoreUnavailableError } from '@live-mem/core';
import { openMemory } from '../open-memory.ts';
import { contentsOf, storeAt, through } from './places.ts';

/** The source, where somebody does something right before the nth time that everything is listed. */
function whereMeanwhile(store: ObjectStore, does: (listing: number) => Promise<unknown>): ObjectStore {
  let listings = 0;
  return through(store, async ({ op }, request) => {
    if (op === 'list') await does(++listings);
    return request();
  });
}

describe('a source that changes while it is copied', () => {
  it('is gone through again: what is new, other or gone is the same at the target', async () => {
    const test = await openMemory();
    await test.note('first');
    await test.memory.bank.write({ space: 'alpha', filename: 'x.md', content: 'x\n' });
    const from = whereMeanwhile(test.store, async (listing) => {
      if (listing !== 2) return;
      await test.note('second');
      await test.consolidate();
      await test.memory.bank.write({ space: 'alpha', filename: 'x.md', content: 'y\n' });
    });
    const to = storeAt('there');
    const copy = await copyStore({ from, to });
    expect(copy).toMatchObject({ rounds: 2, deleted: 1, changedMeanwhile: 0, complete: true });
    expect(copy.copied).toBe(copy.objects);
    expect(await contentsOf(to)).toEqual(await contentsOf(test.store));
  });

  it('that does not come to rest is told, and the target is none the worse', async () => {
    const source = storeAt('here');
    await source.put('a/live/1.md', '0');
    const from = whereMeanwhile(source, (listing) => source.put('a/live/1.md', `${listing}`));
    const to = storeAt('there');
    const copy = await copyStore({ from, to });
    expect(copy).toMatchObject({ rounds: 3, changedMeanwhile: 1, complete: false, copied: 1 });
    expect(await contentsOf(to)).toEqual({ 'a/live/1.md': '3' });
  });

  it('is copied as it is where an object goes between the listing and the reading', async () => {
    const source = storeAt('here');
    for (const name of ['1', '2']) await source.put(`a/live/${name}.md`, name);
    const from = through(source, async ({ op, key }, request) => {
      if (op === 'get' && key === 'a/live/1.md') await source.delete(key);
      return request();
    });
    const to = storeAt('there');
    expect(await copyStore({ from, to })).toMatchObject({ objects: 1, copied: 1, complete: true });
    expect(await contentsOf(to)).toEqual({ 'a/live/2.md': '2' });
  });

  it('has what others wrote to the target meanwhile left alone', async () => {
    const source = storeAt('here');
    await source.put('a/live/1.md', '1');
    const there = storeAt('there');
    const from = whereMeanwhile(source, async (listing) => {
      if (listing !== 2) return;
      await source.put('a/live/2.md', 'ours');
      await there.put('a/live/2.md', 'theirs');
    });
    await expect(copyStore({ from, to: there })).rejects.toMatchObject({ code: 'WRITE_CONFLICT' });
    expect(await contentsOf(there)).toEqual({ 'a/live/1.md': '1', 'a/live/2.md': 'theirs' });
  });
});

describe('a source that shows nothing any more', () => {
  it.each([false, true])('deletes nothing at the target, and is told: overwriting is %s', async (overwrite) => {
    const [from, to] = [storeAt('here'), storeAt('there')];
    for (const key of ['a/1.md', 'a/2.md']) await from.put(key, key);
    await copyStore({ from, to });
    let listings = 0;
    // As a disk that is no longer mounted, or a page in place of the store.
    const vanishing: ObjectStore = {
      ...from,
      async *list(prefix, options) {
        if (++listings === 1) yield* from.list(prefix, options);
      },
    };
    await expect(copyStore({ from: vanishing, to, overwrite })).rejects.toThrow(StoreUnavailableError);
    expect((await to.getMany(['a/1.md', 'a/2.md'])).map((read) => read && 'body' in read && read.body)).toEqual([
      'a/1.md',
      'a/2.md',
    ]);
  });

  it('in part has what was at the target before left alone, unless it may overwrite', async () => {
    const [from, to] = [storeAt('here'), storeAt('there')];
    for (const key of ['a/1.md', 'a/2.md']) await from.put(key, key);
    await copyStore({ from, to });
    let listings = 0;
    const shrinking: ObjectStore = {
      ...from,
      async *list(prefix, options) {
        listings += 1;
        for await (const entry of from.list(prefix, options))
          if (listings === 1 || ('key' in entry && entry.key !== 'a/2.md')) yield entry;
      },
    };
    const { deleted, complete } = await copyStore({ from: shrinking, to });
    expect({ deleted, complete }).toEqual({ deleted: 0, complete: false });
    expect(await to.get('a/2.md')).toBeDefined();
    listings = 0;
    expect(await copyStore({ from: shrinking, to, overwrite: true })).toMatchObject({ deleted: 1, complete: true });
  });
});
