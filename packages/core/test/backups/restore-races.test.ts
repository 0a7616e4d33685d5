import { describe, expect, it } from '@jest/globals';
import type { LiveMemory, ObjectStore } from '@live-mem/core';
import { createMemoryObjectStore } from '@live-mem/core/memory';
import fc from 'fast-check';
import { STORE_TIME } from '../log/exploring/requests.ts';
import { memoryOver } from '../log/exploring/run.ts';
import type { Snapshot } from '../log/exploring/snapshot.ts';
import { appendTo, baseOf } from '../log/scenarios/parts.ts';
import { slowStore } from './slow-store.ts';

interface Known {
  readonly backup: string;
  /** What the space holds when it was restored from it. */
  readonly told: unknown;
}

async function toldOf(memory: LiveMemory, space: string): Promise<unknown> {
  const { documents, rules } = await memory.spaces.summary({ space });
  const { notes } = await memory.notes.read({ space });
  return { documents: documents.map(({ filename, content }) => [filename, content]), rules, notes: contentsOf(notes) };
}

function contentsOf(notes: readonly { readonly content: string }[]): string[] {
  return notes.map(({ content }) => content).toSorted();
}

/** Two backups of `alpha`, which is deleted since; the second has one document, one note and other rules more than the first. */
async function prepared(): Promise<{ base: Snapshot; known: readonly Known[]; creators: readonly string[] }> {
  const known: Known[] = [];
  const creators: string[] = [];
  const base = await baseOf(async ({ memory }) => {
    const keep = async (): Promise<void> => {
      const { backup } = await memory.backups.create({ space: 'alpha' });
      known.push({ backup, told: await toldOf(memory, 'alpha') });
    };
    for (const name of ['a', 'b']) {
      creators.push((await memory.tokens.create({ name, permissions: ['manage'], spaces: [] })).hash);
    }
    await memory.bank.write({ space: 'alpha', filename: 'x.md', content: 'first\n' });
    await memory.notes.write({ space: 'alpha', agent: 'a', category: 'todo', content: 'one' });
    await keep();
    await memory.bank.write({ space: 'alpha', filename: 'x.md', content: 'second\n' });
    await memory.bank.write({ space: 'alpha', filename: 'y.md', content: 'more\n' });
    await memory.spaces.updateRules({ space: 'alpha', rules: '# Other\n' });
    await memory.notes.write({ space: 'alpha', agent: 'a', category: 'todo', content: 'two' });
    await keep();
    await memory.spaces.delete({ space: 'alpha' });
  }, appendTo('x.md'));
  return { base, known, creators };
}

const { base, known, creators } = await prepared();

/** Who may enter it, by the hashes of their tokens. */
async function entering(store: ObjectStore, space: string): Promise<string[]> {
  const registry = await store.get('_system/tokens.json');
  const { tokens } = JSON.parse(registry?.body ?? '') as { tokens: { hash: string; space_ids: string[] }[] };
  return tokens.filter(({ space_ids }) => space_ids.includes(space)).map(({ hash }) => hash);
}

async function storeWith({ objects }: Snapshot): Promise<ObjectStore> {
  const store = createMemoryObjectStore({ now: () => STORE_TIME });
  for (const [key, body] of objects) await store.put(key, body);
  return store;
}

type Ended = { readonly value: unknown } | { readonly code: string };

async function endOf(work: Promise<unknown>): Promise<Ended> {
  return work.then(
    (value) => ({ value }),
    (error: { code: string }) => ({ code: error.code }),
  );
}

const refused = ['SPACE_EXISTS', 'RESTORE_CONFLICT', 'WRITE_CONFLICT'];

describe('two that restore different backups into one id', () => {
  it.each(['alpha', 'beta'])(
    '%s: one wins whole, the other is refused, whatever the order',
    async (space) => {
      let [firstWon, secondWon] = [0, 0];
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.nat(), async (...seeds) => {
          const store = await storeWith(base);
          const ends = await Promise.all(
            seeds.map((seed, at) => {
              const memory = memoryOver(slowStore(store, seed), String(at + 1));
              return endOf(
                memory.backups.restore({ backup: known[at]?.backup ?? '', as: space, creator: creators[at] }),
              );
            }),
          );
          const won = ends.findIndex((end) => 'value' in end);
          const lost = ends[1 - won];
          expect(ends.filter((end) => 'value' in end)).toHaveLength(1);
          expect(refused).toContain(lost && 'code' in lost ? lost.code : '');
          expect(await toldOf(memoryOver(store, 'c'), space)).toEqual(known[won]?.told);
          expect(await entering(store, space)).toEqual([creators[won]]);
          [firstWon, secondWon] = [firstWon + (won === 0 ? 1 : 0), secondWon + (won === 1 ? 1 : 0)];
        }),
        { numRuns: 100 },
      );
      // The orders that were tried are different ones.
      expect(Math.min(firstWon, secondWon)).toBeGreaterThan(10);
    },
    60_000,
  );
});

describe('two that restore the same backup', () => {
  it('make one space of it, for whoever decided', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (...seeds) => {
        const store = await storeWith(base);
        const ends = await Promise.all(
          seeds.map((seed, at) => {
            const memory = memoryOver(slowStore(store, seed), String(at + 1));
            return endOf(memory.backups.restore({ backup: known[1]?.backup ?? '', creator: creators[at] }));
          }),
        );
        expect(ends[0]).toEqual(ends[1]);
        expect(ends[0]).toHaveProperty('value');
        expect(await toldOf(memoryOver(store, 'c'), 'alpha')).toEqual(known[1]?.told);
        const { creator_token_hash: creator } = JSON.parse((await store.get('alpha/_meta.json'))?.body ?? '') as Record<
          string,
          unknown
        >;
        expect(await entering(store, 'alpha')).toEqual([creator]);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe('a restore beside a deletion, and a space created anew', () => {
  it('is there whole or not at all, and its token never enters the space of somebody else', async () => {
    const restored = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (one, other) => {
        const store = await storeWith(base);
        const memory = memoryOver(slowStore(store, one), '1');
        const others = memoryOver(slowStore(store, other), '2');
        const [end] = await Promise.all([
          endOf(memory.backups.restore({ backup: known[0]?.backup ?? '', creator: creators[0] })),
          (async () => {
            for (let tries = 0; tries < 20; tries++) {
              const gone = await endOf(others.spaces.delete({ space: 'alpha' }));
              if ('value' in gone) break;
            }
            await endOf(others.spaces.create({ space: 'alpha', rules: '# Theirs\n', creator: creators[1] }));
          })(),
        ]);
        restored.add('value' in end);
        const { commits } = await memoryOver(store, 'c').bank.history({ space: 'alpha' });
        const isTheirs = commits.at(-1)?.kind === 'create';
        const told = await toldOf(memoryOver(store, 'd'), 'alpha');
        expect(told).toEqual(isTheirs ? { documents: [], rules: '# Theirs\n', notes: [] } : known[0]?.told);
        expect(await entering(store, 'alpha')).toEqual([creators[isTheirs ? 1 : 0]]);
      }),
      { numRuns: 250 },
    );
    expect(restored).toEqual(new Set([true, false]));
  }, 60_000);
});
