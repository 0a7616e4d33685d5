import { describe, expect, it } from '@jest/globals';
import type { LiveMemory, ObjectStore } from '@live-mem/core';
import fc from 'fast-check';
import { openMemory, type TestMemory } from '../open-memory.ts';
import { slowStore } from './slow-store.ts';

const space = 'alpha';

interface Logged {
  readonly docs: Readonly<Record<string, { readonly after: string | null }>>;
  readonly consumed: readonly { readonly key: string }[];
}

/** What the log says of the documents after its first `n` commits, and which notes they consumed. */
async function asOf(
  { store, keys }: TestMemory,
  n: number,
): Promise<{ docs: Map<string, string>; consumed: Set<string> }> {
  const docs = new Map<string, string>();
  const consumed = new Set<string>();
  for (const key of (await keys('alpha/_commits/')).slice(0, n)) {
    const commit = JSON.parse((await store.get(key))?.body ?? '') as Logged;
    for (const [path, { after }] of Object.entries(commit.docs)) {
      if (after === null) docs.delete(path);
      else docs.set(path, after);
    }
    for (const note of commit.consumed) consumed.add(note.key);
  }
  return { docs, consumed };
}

describe('a backup taken while 16 write and one consolidates', () => {
  it('equals the state of the commit that its manifest names', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 100_000 }), async (seed) => {
        const test = await openMemory();
        const over = (at: number): LiveMemory => test.another(undefined, slowStore(test.store, seed + at));
        for (let n = 0; n < 6; n++) await test.note(`early ${n}`);
        await test.memory.bank.write({ space, filename: 'a.md', content: 'first\n' });
        const writers = Array.from({ length: 16 }, async (_, at) => {
          const memory = over(at);
          if (at % 2 === 0)
            await memory.notes.write({ space, agent: `w${at}`, category: 'todo', content: `note ${at}` });
          else await memory.bank.write({ space, filename: `d${at % 3}.md`, content: `by ${at}\n` });
        });
        const [taken] = await Promise.all([
          over(100).backups.create({ space }),
          over(101).bank.consolidate({ space }),
          ...writers,
        ]);
        const { docs, consumed } = await asOf(test, taken.commit);
        const prefix = `_backups/${taken.backup}/`;
        const stored = new Map<string, string>();
        for (const key of await test.keys(prefix))
          stored.set(key.slice(prefix.length), (await test.store.get(key))?.body ?? '');
        const documents = [...stored].filter(([path]) => /^(?:bank\/|_rules|_synthesis)/.test(path));
        expect(new Map(documents)).toEqual(docs);
        const notes = [...stored.keys()].filter((path) => path.startsWith('live/')).map((path) => path.slice(5));
        // A note is in the bank as of that commit or among the notes, never both and never neither.
        for (const name of notes) expect(consumed.has(name)).toBe(false);
        const early = [...consumed, ...notes].filter((name) => name.includes('_cline_')).length;
        expect(early).toBe(6);
        expect(await test.memory.backups.verify({ backup: taken.backup })).toMatchObject({ ok: true });
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

describe('a backup of many files', () => {
  it('holds a hundred notes in memory at once at most, and so do export, verify and restore', async () => {
    const test = await openMemory();
    const lines = Array.from({ length: 1_000 }, (_, n) =>
      JSON.stringify({ timestamp: '2025-01-01T00:00:00Z', agent: 'a', category: 'todo', content: `note ${n}` }),
    );
    await test.memory.notes.import({ space, lines });
    let most = 0;
    const watched: ObjectStore = {
      ...test.store,
      getMany(keys) {
        most = Math.max(most, keys.length);
        return test.store.getMany(keys);
      },
    };
    const memory = test.another(undefined, watched);
    const { backup, files } = await memory.backups.create({ space });
    expect(files).toBeGreaterThan(1_000);
    await memory.backups.verify({ backup });
    await memory.backups.restore({ backup, as: 'beta' });
    for await (const _ of (await memory.spaces.export({ space })).files);
    for await (const _ of (await memory.backups.download({ backup })).files);
    expect(most).toBe(100);
    expect((await test.another().spaces.info({ space: 'beta' })).live.count).toBe(1_000);
  });

  it('is read no further than its files are taken', async () => {
    const test = await openMemory();
    for (let n = 0; n < 450; n++) await test.note(`note ${n}`);
    const { backup } = await test.memory.backups.create({ space });
    let read = 0;
    const memory = test.another(undefined, {
      ...test.store,
      getMany(keys) {
        read += keys.filter((key) => key.includes('/live/')).length;
        return test.store.getMany(keys);
      },
    });
    for (const { files } of [await memory.spaces.export({ space }), await memory.backups.download({ backup })]) {
      read = 0;
      let taken = 0;
      for await (const _ of files) expect(read - ++taken).toBeLessThanOrEqual(100);
      expect(read).toBe(450);
    }
  });

  it('asks for each note to be read and copied once, a hundred at a time', async () => {
    const test = await openMemory();
    for (let n = 0; n < 250; n++) await test.note(`note ${n}`);
    await test.memory.spaces.summary({ space });
    test.counting.reset();
    await test.memory.backups.create({ space });
    const { byOperation } = test.counting.counts();
    expect(byOperation['copy']).toBe(250);
    // The notes once; the marks of the backup, and a few documents.
    expect(byOperation['get']).toBeLessThan(250 + 12);
  });
});
