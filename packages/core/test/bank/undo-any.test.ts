import { describe, expect, it } from '@jest/globals';
import { UndoConflictError } from '@live-mem/core';
import fc from 'fast-check';
import { answering, openMemory, type TestMemory } from '../open-memory.ts';
import { createLineModel, type LineEdit, type LineModel } from './line-model.ts';

const alpha = { space: 'alpha', actor: 'me' };
const filename = 'd.md';
const CREATED = 2;
const FIRST_LINES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'];

type Step =
  | { readonly kind: 'write'; readonly edits: readonly LineEdit[] }
  | { readonly kind: 'note' }
  | { readonly kind: 'consolidate'; readonly at: number }
  | { readonly kind: 'undo'; readonly back: number };

const place = fc.nat({ max: 15 });
const edit: fc.Arbitrary<LineEdit> = fc.record({
  operation: fc.constantFrom('insert', 'delete', 'replace'),
  at: place,
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('write'), edits: fc.array(edit, { minLength: 1, maxLength: 2 }) }),
  },
  { weight: 2, arbitrary: fc.constant<Step>({ kind: 'note' }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('consolidate'), at: place }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('undo'), back: fc.nat({ max: 8 }) }) },
);

/** Everything one history is made of. */
interface Run {
  readonly test: TestMemory;
  readonly model: LineModel;
  /** Where the next consolidation puts its lines. */
  readonly next: { edits: readonly LineEdit[]; commit: number };
  notes: number;
  commit: number;
  /** Undos that were made, and that were refused. */
  readonly counts: { undone: number; refused: number };
}

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);

async function begin(counts: Run['counts']): Promise<Run> {
  const model = createLineModel(FIRST_LINES, CREATED);
  const next: Run['next'] = { edits: [], commit: 0 };
  const test = await openMemory(
    answering(({ notes }) => {
      const ids = notes.map(({ id }) => id);
      const content = textOf(model.planned(next.edits, next.commit).text);
      const edits = [{ operation: 'rewrite', filename, content, notes: ids }];
      return { edits, fates: ids.map((note) => ({ note, fate: 'integrated' })), synthesis: '' };
    }),
  );
  await test.memory.bank.write({ ...alpha, filename, content: textOf(FIRST_LINES) });
  return { test, model, next, notes: 0, commit: CREATED, counts };
}

async function take(run: Run, taken: Step): Promise<void> {
  const { test, model } = run;
  if (taken.kind === 'note') await test.note(`fact ${run.notes++}`);
  if (taken.kind === 'write') {
    const planned = model.planned(taken.edits, run.commit + 1);
    const { commit } = await test.memory.bank.write({ ...alpha, filename, content: textOf(planned.text) });
    if (commit === undefined) return;
    run.commit = commit;
    model.write(planned, commit);
  }
  if (taken.kind === 'consolidate') {
    run.next.edits = [{ operation: 'insert', at: taken.at }];
    run.next.commit = run.commit + 1;
    const planned = model.planned(run.next.edits, run.next.commit);
    const [commit] = (await test.consolidate()).commits;
    if (commit === undefined) return;
    run.commit = commit;
    model.write(planned, commit);
  }
  if (taken.kind === 'undo') await undo(run, Math.max(CREATED + 1, run.commit - taken.back));
}

async function undo(run: Run, n: number): Promise<void> {
  const { test, model } = run;
  if (n > run.commit) return;
  try {
    const { commit } = await test.memory.bank.undo({ ...alpha, commit: n });
    const lines = linesOf((await test.memory.bank.read({ space: 'alpha', filename })).content);
    expect(model.isUndone(n)).toBe(false);
    expect(model.faultWithout(n, lines)).toBeUndefined();
    run.commit = commit;
    model.undo(n, commit, lines);
    run.counts.undone++;
  } catch (error) {
    if (!(error instanceof UndoConflictError)) throw error;
    run.counts.refused++;
    judgeRefusal(model, n, error);
  }
}

/** A refusal names a later commit that stands, and is in its right only if a change that stands is near, or notes moved on. */
function judgeRefusal(model: LineModel, n: number, { message, inTheWay: by }: UndoConflictError): void {
  if (by !== undefined) expect([message, by > n, model.isUndone(by)]).toEqual([message, true, false]);
  const isRight = model.isUndone(n) || !model.changed(n) || message.includes('notes') || !model.isFar(n);
  expect([message, isRight]).toEqual([message, true]);
}

/** The document is what the model says, and every fact is live or in what one commit that stands filed. */
async function check({ test, model, notes }: Run): Promise<void> {
  const { content } = await test.memory.bank.read({ space: 'alpha', filename });
  expect(content).toBe(textOf(model.lines()));
  const live = (await test.memory.notes.read({ space: 'alpha', limit: 500 })).notes.map((note) => note.content);
  const { commits } = await test.memory.bank.history({ space: 'alpha', limit: 200 });
  const filed: string[] = [];
  for (const { commit, kind } of commits) {
    if (kind !== 'consolidate' || model.isUndone(commit)) continue;
    const key = `alpha/_commits/${String(commit).padStart(10, '0')}.json`;
    const stored = JSON.parse((await test.store.get(key))?.body ?? '') as { consumed: { text: string }[] };
    filed.push(...stored.consumed.map(({ text }) => text.split('\n').at(-1) ?? ''));
  }
  const facts = Array.from({ length: notes }, (_, n) => `fact ${n}`);
  expect([...live, ...filed].toSorted()).toEqual(facts.toSorted());
}

describe('undoing any change of any history', () => {
  it('gives exactly the document without it, or names what is in the way; notes are live once', async () => {
    const counts = { undone: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
        const run = await begin(counts);
        for (const taken of steps) {
          await take(run, taken);
          await check(run);
        }
      }),
      { numRuns: 1_000 },
    );
    // Both happen often, or nothing is proven.
    expect([counts.undone > 500, counts.refused > 500]).toEqual([true, true]);
  }, 300_000);
});
