import { describe, expect, it } from '@jest/globals';
import { type LiveMemory, UndoConflictError } from '@live-mem/core';
import fc from 'fast-check';
import type { Commit } from '../../src/log/commit.ts';
import { sha256Hex } from '../../src/text.ts';
import { openMemory, type TestMemory } from '../open-memory.ts';

const space = 'alpha';
const actor = 'me';

type Step =
  | { readonly kind: 'note' | 'consolidate' | 'reopen' }
  | { readonly kind: 'write' | 'delete' | 'by hand'; readonly document: number; readonly lines: readonly number[] }
  | { readonly kind: 'undo'; readonly back: number }
  | { readonly kind: 'wait'; readonly minutes: number };

const document = fc.nat({ max: 1 });
const lines = fc.array(fc.nat({ max: 4 }), { maxLength: 6 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Step>({ kind: 'note' }) },
  { weight: 3, arbitrary: fc.constant<Step>({ kind: 'consolidate' }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('write' as const), document, lines }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), document, lines: fc.constant([]) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('by hand' as const), document, lines }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('undo' as const), back: fc.nat({ max: 6 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 200 }) }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'reopen' }) },
);

/** What the log says the bank is, found without the core: each commit's texts over those before it. */
async function replay(test: TestMemory): Promise<{ texts: Map<string, string>; commits: Commit[] }> {
  const texts = new Map<string, string>();
  const commits: Commit[] = [];
  for (const key of await test.keys('alpha/_commits/')) {
    const commit = JSON.parse((await test.store.get(key))?.body ?? '') as Commit;
    expect(commit.n).toBe(commits.push(commit));
    for (const [path, { after }] of Object.entries(commit.docs)) {
      if (after === null) texts.delete(path);
      else texts.set(path, after);
    }
    const told = Object.entries(commit.bank).map(([path, { sha256 }]) => [path, sha256]);
    expect(new Map(told as [string, string][])).toEqual(
      new Map([...texts].map(([path, text]) => [path, sha256Hex(text)])),
    );
  }
  return { texts, commits };
}

/** Every note ever written is in the bank or live, and in one place only. */
function checkFacts(written: number, texts: ReadonlyMap<string, string>, live: readonly { content: string }[]): void {
  const everywhere = [...texts.values(), ...live.map(({ content }) => content)].join('\n');
  for (let n = 0; n < written; n++) expect([n, everywhere.split(`fact ${n}.`).length - 1]).toEqual([n, 1]);
}

async function checkAll(test: TestMemory, reader: LiveMemory, written: number): Promise<void> {
  const { documents } = await reader.bank.readAll({ space });
  const { notes } = await reader.notes.read({ space, limit: 500 });
  const { texts, commits } = await replay(test);
  expect(new Map(documents.map(({ filename, content }) => [`bank/${filename}`, content]))).toEqual(
    new Map([...texts].filter(([path]) => path.startsWith('bank/'))),
  );
  checkFacts(written, new Map([...texts].filter(([path]) => path.startsWith('bank/'))), notes);
  const consumed = commits.flatMap((commit) => commit.consumed.map(({ key }) => key));
  expect(new Set(consumed).size).toBe(consumed.length);
  for (const [path, text] of texts) expect([path, (await test.store.get(`alpha/${path}`))?.body]).toEqual([path, text]);
}

async function take(test: TestMemory, memory: LiveMemory, taken: Step, written: number): Promise<void> {
  const filename = 'document' in taken ? `d${taken.document}.md` : '';
  const content = 'lines' in taken ? taken.lines.map((n) => `line ${n}\n`).join('') : '';
  if (taken.kind === 'note')
    await memory.notes.write({ space, agent: 'a', category: 'todo', content: `fact ${written}.` });
  if (taken.kind === 'consolidate') await memory.bank.consolidate({ space, actor });
  if (taken.kind === 'write') await memory.bank.write({ space, actor, filename, content });
  if (taken.kind === 'delete') await memory.bank.delete({ space, actor, filename }).catch(() => undefined);
  if (taken.kind === 'by hand')
    await test.store.put(`alpha/bank/${filename}`, `${content}by hand ${test.clock.now()}\n`);
  if (taken.kind === 'wait') test.clock.advance(taken.minutes * 60_000);
  if (taken.kind === 'undo') await undo(memory, taken.back);
}

async function undo(memory: LiveMemory, back: number): Promise<void> {
  const { commits } = await memory.bank.history({ space, limit: 10 });
  const commit = commits[back]?.commit ?? 1;
  await memory.bank.undo({ space, actor, commit }).catch((error: unknown) => {
    expect(error).toBeInstanceOf(UndoConflictError);
  });
}

describe('any history of changes', () => {
  it('keeps every note in one place, and every document what the log says, after each step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const test = await openMemory();
        let memory = test.memory;
        let written = 0;
        for (const taken of steps) {
          test.clock.advance(1_000);
          if (taken.kind === 'reopen') memory = test.another();
          await take(test, memory, taken, written);
          if (taken.kind === 'note') written++;
          await checkAll(test, memory, written);
        }
        await checkAll(test, test.another(), written);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('is the same without a change that was undone, line for line, or the undo is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(lines, { minLength: 2, maxLength: 6 }), fc.nat({ max: 5 }), async (texts, which) => {
        const test = await openMemory();
        const write = (content: string) => test.memory.bank.write({ space, actor, filename: 'd.md', content });
        const made: { commit: number; before: string; after: string }[] = [];
        let before = '';
        for (const [n, numbers] of texts.entries()) {
          const after = [`top ${n}`, ...numbers.map((line) => `line ${line}`), 'end']
            .map((line) => `${line}\n`)
            .join('');
          const { commit = 0 } = await write(after);
          made.push({ commit, before, after });
          before = after;
        }
        const chosen = made[which % made.length];
        const undone = await test.memory.bank
          .undo({ space, actor, commit: chosen?.commit ?? 0 })
          .catch((error: unknown) => error);
        const { documents } = await test.memory.bank.readAll({ space });
        const now = documents[0]?.content ?? '';
        const last = made.at(-1);
        const expected = undone instanceof UndoConflictError ? last?.after : chosen === last ? last?.before : undefined;
        // Undoing one in the middle must leave every line that only later changes brought.
        expect(expected === undefined ? now.startsWith(`top ${texts.length - 1}\n`) : now === expected).toBe(true);
      }),
    );
  });
});
