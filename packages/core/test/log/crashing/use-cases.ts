import type { Consolidator } from '@live-mem/core';
import { createDirectStore } from '../exploring/asking-store.ts';
import { memoryOver } from '../exploring/run.ts';
import type { Snapshot } from '../exploring/snapshot.ts';
import { occurrences } from '../judging/checks.ts';
import type { Told } from '../judging/the-log.ts';
import { appendTo, rewritten, twoDocuments, twoNotes } from '../scenarios/parts.ts';
import { longAgo, trimmedOf } from '../scenarios/trimming.ts';
import type { UseCase } from './crash.ts';

const alpha = { space: 'alpha', actor: 'A' };
const note = { space: 'alpha', agent: 'A', category: 'todo', content: 'news' } as const;
const lines = ['first', 'second', 'third'].map((content) =>
  JSON.stringify({ timestamp: '2025-01-01T00:00:00Z', agent: 'A', category: 'todo', content }),
);

/** A note each into two documents, and a synthesis. */
const intoTwo: Consolidator = {
  ...appendTo('x.md', 'y.md'),
  propose: async (request) => ({ ...(await appendTo('x.md', 'y.md').propose(request)), synthesis: 'two notes\n' }),
};

const nothing = async (): Promise<undefined> => undefined;

export const leaveNote: UseCase = {
  name: 'a note',
  base: twoDocuments,
  does: ({ memory }) => memory.notes.write(note),
  again: nothing,
  judge: (told) => (count(told, 'news') > 1 ? 'the note is there twice' : undefined),
};

export const leaveNoteOnce: UseCase = {
  name: 'a note with a request id',
  base: twoDocuments,
  does: ({ memory }) => memory.notes.write({ ...note, requestId: 'one' }),
  again: ({ memory }) => memory.notes.write({ ...note, requestId: 'one' }),
  judge: (told) => exactly(told, 'news'),
};

export const importNotes: UseCase = {
  name: 'an import',
  base: twoDocuments,
  does: ({ memory }) => memory.notes.import({ space: 'alpha', lines }),
  again: ({ memory }) => memory.notes.import({ space: 'alpha', lines }),
  judge: (told) => exactly(told, 'first', 'second', 'third'),
};

export const consolidate: UseCase = {
  name: 'a consolidation',
  base: twoNotes,
  consolidator: intoTwo,
  does: ({ memory }) => memory.bank.consolidate(alpha),
  again: ({ memory }) => memory.bank.consolidate(alpha),
  judge: (told) => (told.live.size > 0 ? 'notes are left' : exactly(told, 'fact', 'other')),
};

export const writeDocument: UseCase = {
  name: 'a document',
  base: twoDocuments,
  does: ({ memory }) => memory.bank.write({ ...alpha, filename: 'x.md', content: 'news\n' }),
  again: ({ memory }) => memory.bank.write({ ...alpha, filename: 'x.md', content: 'news\n' }),
  judge: (told) =>
    madeOnce(told, 'write') ?? (told.docs.get('bank/x.md') === 'news\n' ? undefined : 'it is not written'),
};

export const deleteDocument: UseCase = {
  name: 'the deletion of a document',
  base: twoDocuments,
  does: ({ memory }) => memory.bank.delete({ ...alpha, filename: 'x.md' }),
  again: ({ memory }) => memory.bank.delete({ ...alpha, filename: 'x.md' }),
  judge: (told) => madeOnce(told, 'delete') ?? (told.docs.has('bank/x.md') ? 'it is not deleted' : undefined),
};

export const undoWrite: UseCase = {
  name: 'an undo of a change of a document',
  base: rewritten,
  does: ({ memory }) => memory.bank.undo({ ...alpha, commit: 3 }),
  again: ({ memory }) => memory.bank.undo({ ...alpha, commit: 3 }),
  judge: (told) =>
    madeOnce(told, 'undo') ?? (told.docs.get('bank/x.md') === 'first\n' ? undefined : 'it is not undone'),
};

const consolidated = await after(twoNotes, ({ memory }) => memory.bank.consolidate(alpha));

export const undoConsolidation: UseCase = {
  name: 'an undo of a consolidation',
  base: consolidated,
  does: ({ memory }) => memory.bank.undo({ ...alpha, commit: 3 }),
  again: ({ memory }) => memory.bank.undo({ ...alpha, commit: 3 }),
  judge: (told) =>
    madeOnce(told, 'undo') ?? (told.live.size === 2 ? exactly(told, 'fact', 'other') : 'the notes are not back'),
};

export const createSpace: UseCase = {
  name: 'a space',
  base: createDirectStore().now(),
  does: ({ memory }) => memory.spaces.create({ ...alpha, rules: '# Rules\n', description: 'about' }),
  again: ({ memory }) => memory.spaces.create({ ...alpha, rules: '# Rules\n', description: 'about' }),
  judge: (told) =>
    madeOnce(told, 'create') ?? (told.docs.get('_rules.md') === '# Rules\n' ? undefined : 'it has no rules'),
};

export const takeOutsideEdit: UseCase = {
  name: 'taking an edit by hand into the log',
  base: await after(twoDocuments, ({ store }) => store.put('alpha/bank/x.md', 'by hand\n')),
  does: ({ memory }) => memory.bank.readAll({ space: 'alpha' }),
  again: ({ memory }) => memory.bank.readAll({ space: 'alpha' }),
  judge: (told) =>
    madeOnce(told, 'outside') ?? (told.docs.get('bank/x.md') === 'by hand\n' ? undefined : 'the edit is lost'),
};

/** A process wrote its commit and died; then a person saved another text over what that commit changes. */
const editOverUnshown = await after(twoNotes, async ({ memory, store }) => {
  const objects = ['alpha/bank/x.md', 'alpha/_meta.json', 'alpha/_head.json'];
  const before = await store.getMany(objects);
  await memory.bank.consolidate(alpha);
  for (const [at, answer] of before.entries()) {
    if (answer && 'body' in answer) await store.put(objects[at] ?? '', answer.body);
  }
  await store.put('alpha/bank/x.md', 'by hand\n');
});

export const takeEditOverCommit: UseCase = {
  name: 'taking an edit by hand that hides what a consolidation wrote into the log',
  base: editOverUnshown,
  does: ({ memory }) => memory.bank.readAll({ space: 'alpha' }),
  again: ({ memory }) => memory.bank.readAll({ space: 'alpha' }),
  judge: (told) => madeOnce(told, 'outside') ?? exactly(told, 'fact', 'other'),
};

export const trimLog: UseCase = {
  name: 'a trimming',
  base: longAgo,
  does: ({ memory }) => memory.bank.trim({ space: 'alpha' }),
  again: ({ memory }) => memory.bank.trim({ space: 'alpha' }),
  judge: (told) =>
    trimmedOf(told.commits) === '2' && told.docs.get('bank/x.md') === 'third\n'
      ? undefined
      : `trimmed: ${trimmedOf(told.commits)}`,
};

async function after(base: Snapshot, does: UseCase['does']): Promise<Snapshot> {
  const { store, now } = createDirectStore(base);
  await does({ memory: memoryOver(store, 'd', intoTwo), store });
  return now();
}

function count({ docs, live }: Told, fact: string): number {
  return occurrences([...docs.values(), ...live.values()], fact);
}

function exactly(told: Told, ...facts: readonly string[]): string | undefined {
  const wrong = facts.find((fact) => count(told, fact) !== 1);
  return wrong === undefined ? undefined : `"${wrong}" is there ${count(told, wrong)} times`;
}

function madeOnce({ commits }: Told, kind: string): string | undefined {
  const made = commits.filter((commit) => commit.kind === kind && commit.actor !== 'base').length;
  return made === 1 ? undefined : `${made} commits of kind ${kind}`;
}
