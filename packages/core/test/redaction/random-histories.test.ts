import { describe, expect, it } from '@jest/globals';
import { createLiveMemory, type LiveMemory, type ObjectStore } from '@live-mem/core';
import { createCountingIds, createManualClock, type ManualClock } from '@live-mem/core/testing';
import fc from 'fast-check';
import { createMask } from '../../src/redaction/mask.ts';
import { createDirectStore } from '../log/exploring/asking-store.ts';
import type { Snapshot } from '../log/exploring/snapshot.ts';
import { audit } from '../log/judging/audit.ts';
import { toldBy } from '../log/judging/the-log.ts';
import { appendingConsolidator } from '../open-memory.ts';
import { holding } from './objects.ts';

const alpha = { space: 'alpha', actor: 'ann' };
const pieces = ['a', 'b', 'é', '😀', ' ', '"', '\\', '\n', '-', 'ab', '\r\n'];
const textOf = (some: readonly string[]) =>
  fc.array(fc.constantFrom(...some), { maxLength: 8 }).map((parts) => parts.join(''));
/** No stars: a text that had them already would look like one that lost a secret. */
const text = textOf(pieces);
/** Long enough not to be part of what the memory itself writes. */
const around = textOf([...pieces, '*']);
const secrets = fc.tuple(around, fc.constantFrom('s3cr', 'öß€!', 'q"q\\'), around).map((parts) => parts.join(''));

/** One act; the secret goes where the text has a gap. */
type Act = (at: Hands, secret: string) => Promise<unknown>;

interface Hands {
  readonly memory: LiveMemory;
  readonly store: ObjectStore;
  readonly clock: ManualClock;
}

const gapped = fc.array(fc.oneof(text, fc.constant(undefined)), { minLength: 1, maxLength: 6 });
const filled = (parts: readonly (string | undefined)[], secret: string): string =>
  parts.map((part) => part ?? secret).join('');
const filename = fc.constantFrom('a.md', 'b.md');

const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(filename, gapped).map(
    ([name, parts]): Act =>
      ({ memory }, secret) => {
        return memory.bank.write({ ...alpha, filename: name, content: filled(parts, secret) });
      },
  ),
  fc.tuple(filename, gapped).map(
    ([name, parts]): Act =>
      ({ store }, secret) => {
        return store.put(`alpha/bank/${name}`, filled(parts, secret));
      },
  ),
  filename.map(
    (name): Act =>
      ({ memory }) =>
        memory.bank.delete({ ...alpha, filename: name }),
  ),
  gapped.map(
    (parts): Act =>
      ({ memory }, secret) => {
        const note = { space: 'alpha', agent: 'bob', category: 'todo' as const, tags: ['t'] };
        return memory.notes.write({ ...note, content: `n${filled(parts, secret)}` });
      },
  ),
  fc.constant<Act>(({ memory }) => memory.bank.consolidate(alpha)),
  fc.constant<Act>(({ memory }) => memory.notes.gc({ ...alpha, mode: 'delete', maxAgeDays: 0 })),
  fc.integer({ min: 1, max: 12 }).map(
    (commit): Act =>
      ({ memory }) =>
        memory.bank.undo({ ...alpha, commit }),
  ),
  gapped.map(
    (parts): Act =>
      ({ memory }, secret) => {
        const description = filled(parts, secret).replaceAll(/[\r\n]/g, ' ');
        return memory.spaces.update({ space: 'alpha', description });
      },
  ),
);

function handsOver(store: ObjectStore, prefix: string): Hands {
  const clock = createManualClock();
  const newId = createCountingIds(prefix);
  return { store, clock, memory: createLiveMemory({ store, consolidator: appendingConsolidator, clock, newId }) };
}

async function historyOf(all: readonly Act[], secret: string): Promise<Snapshot> {
  const { store, now } = createDirectStore();
  const hands = handsOver(store, 'a');
  await hands.memory.spaces.create({ ...alpha, rules: '# Rules\n' });
  // Some cannot be done: there is no such commit, or nothing to delete.
  for (const act of all) await act(hands, secret).catch(() => undefined);
  // Takes edits by hand into the log.
  await hands.memory.bank.readAll({ space: 'alpha' });
  return now();
}

/** The bank and the notes after undoing a commit; how it was refused. */
async function undone(from: Snapshot, commit: number): Promise<readonly string[]> {
  const { memory } = handsOver(createDirectStore(from).store, 'b');
  const refusal = await memory.bank.undo({ ...alpha, commit }).then(
    () => '',
    (error: { readonly code: string }) => error.code,
  );
  const { documents } = await memory.bank.readAll({ space: 'alpha' });
  const { notes } = await memory.notes.read({ space: 'alpha' });
  const banked = documents.map(({ filename: name, content }) => `${name}: ${content}`);
  return [refusal, ...banked, ...notes.map(({ content }) => `note: ${content}`)];
}

describe('after any history, a redaction', () => {
  it('leaves the secret nowhere, the log consistent, and the bank and every undo as they would be, with stars', async () => {
    await fc.assert(
      fc.asyncProperty(secrets, fc.array(acts, { minLength: 2, maxLength: 14 }), async (secret, all) => {
        const { clean } = createMask(secret);
        const before = await historyOf(all, secret);
        const { store, now } = createDirectStore(before);
        const told = await handsOver(store, 'c').memory.spaces.redact({ ...alpha, text: secret });
        expect(told.left).toEqual([]);
        const after = now();
        expect(holding(after, secret)).toEqual([]);
        expect(await audit(after)).toBeUndefined();
        // A secret over several lines may be cut by the change that is undone: more of it has gone then.
        if (/[\r\n]/.test(secret)) return;
        for (let commit = 1; commit <= toldBy(before).head; commit++) {
          const expected = (await undone(before, commit)).map(clean);
          expect((await undone(after, commit)).toSorted()).toEqual(expected.toSorted());
        }
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});
