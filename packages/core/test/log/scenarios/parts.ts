import type { Consolidator, Proposal } from '@live-mem/core';
import type { Actor, Hands } from '../exploring/actor.ts';
import { createDirectStore } from '../exploring/asking-store.ts';
import { memoryOver } from '../exploring/run.ts';
import { type Snapshot, snapshotOf } from '../exploring/snapshot.ts';

/** A space `alpha` as one process left it, everything settled. */
export async function baseOf(
  prepare: (hands: Hands) => Promise<unknown>,
  consolidator = appendTo('notes.md'),
): Promise<Snapshot> {
  const { store, now } = createDirectStore();
  const memory = memoryOver(store, 'e', consolidator);
  await memory.spaces.create({ space: 'alpha', actor: 'base', rules: '# Rules\n' });
  await prepare({ memory, store });
  return now();
}

/** Two documents of one line each. */
export const twoDocuments: Snapshot = await baseOf(async ({ memory }) => {
  await memory.bank.write({ space: 'alpha', filename: 'x.md', content: 'x\n', actor: 'base' });
  await memory.bank.write({ space: 'alpha', filename: 'y.md', content: 'y\n', actor: 'base' });
});

/** Two documents that one commit changed, the last: edits by hand. */
export const twoEdited: Snapshot = await baseOf(async ({ memory, store }) => {
  for (const filename of ['x.md', 'y.md']) {
    await memory.bank.write({ space: 'alpha', filename, content: 'before\n', actor: 'base' });
  }
  for (const filename of ['x.md', 'y.md']) await store.put(`alpha/bank/${filename}`, 'after\n');
  await memory.bank.readAll({ space: 'alpha' });
});

/** A document that was written twice. */
export const rewritten: Snapshot = await baseOf(async ({ memory }) => {
  await memory.bank.write({ space: 'alpha', filename: 'x.md', content: 'first\n', actor: 'base' });
  await memory.bank.write({ space: 'alpha', filename: 'x.md', content: 'second\n', actor: 'base' });
});

/** A document, and a note that says `fact`. */
export const oneNote: Snapshot = await baseOf(async ({ memory }) => {
  await memory.bank.write({ space: 'alpha', filename: 'x.md', content: 'x\n', actor: 'base' });
  await memory.notes.write({ space: 'alpha', agent: 'base', category: 'decision', content: 'fact' });
});

/** A document that holds what the note said: commit 3 put it there. */
export const oneFact: Snapshot = await baseOf(async ({ memory }) => {
  await memory.bank.write({ space: 'alpha', filename: 'x.md', content: 'x\n', actor: 'base' });
  await memory.notes.write({ space: 'alpha', agent: 'base', category: 'decision', content: 'fact' });
  await memory.bank.consolidate({ space: 'alpha', actor: 'base' });
}, appendTo('x.md'));

/** The same, before any object shows it: its writer died. */
export const unshownFact: Snapshot = snapshotOf(
  new Map([...oneNote.objects, ...[...oneFact.objects].filter(([key]) => key.startsWith('alpha/_commits/'))]),
);

/** A document, and two notes. */
export const twoNotes: Snapshot = await baseOf(async ({ memory }) => {
  await memory.bank.write({ space: 'alpha', filename: 'x.md', content: 'x\n', actor: 'base' });
  await memory.notes.write({ space: 'alpha', agent: 'base', category: 'decision', content: 'fact' });
  await memory.notes.write({ space: 'alpha', agent: 'base', category: 'decision', content: 'other' });
});

/** Puts every note, as a line, at the end of these documents: the first note into the first, and so on around. */
export function appendTo(...filenames: string[]): Consolidator {
  return {
    name: 'appending',
    limits: { countTokens: (text) => text.length },
    async propose({ documents, notes }): Promise<Proposal> {
      const edits = filenames.slice(0, notes.length).map((filename, at) => {
        const text = documents.find((document) => document.filename === filename)?.text;
        const mine = notes.filter((_, index) => index % filenames.length === at);
        const lines = mine.map(({ content }) => `- ${content}\n`).join('');
        const operation = text === undefined ? ('create' as const) : ('rewrite' as const);
        return { operation, filename, content: (text ?? '') + lines, notes: mine.map(({ id }) => id) };
      });
      const fates = notes.map(({ id }) => ({ note: id, fate: 'integrated' as const }));
      return { edits, fates, synthesis: '' };
    },
  };
}

/** Puts no note anywhere. */
export const discarding: Consolidator = {
  name: 'discarding',
  limits: { countTokens: (text) => text.length },
  async propose({ notes }): Promise<Proposal> {
    return {
      edits: [],
      fates: notes.map(({ id }) => ({ note: id, fate: 'discarded', reason: 'known' })),
      synthesis: '',
    };
  },
};

/** Writes a document whole. */
export function writer(name: string, filename: string, content: string): Actor {
  return { name, does: ({ memory }) => memory.bank.write({ space: 'alpha', filename, content, actor: name }) };
}

export function deleter(name: string, filename: string): Actor {
  return { name, does: ({ memory }) => memory.bank.delete({ space: 'alpha', filename, actor: name }) };
}

export function undoer(name: string, commit: number): Actor {
  return { name, does: ({ memory }) => memory.bank.undo({ space: 'alpha', commit, actor: name }) };
}

/** Consolidates, and tells what it did. */
export function consolidating(name: string, ...filenames: string[]): Actor {
  return {
    name,
    consolidator: appendTo(...filenames),
    async does({ memory }) {
      const { status, notesProcessed, commits } = await memory.bank.consolidate({ space: 'alpha', actor: name });
      return { status, notesProcessed, commits };
    },
  };
}

/** Reads the whole bank. */
export function bankReader(name: string): Actor {
  return { name, watched: true, does: ({ memory }) => memory.bank.readAll({ space: 'alpha' }) };
}

/** Reads the bank and counts the notes, as of one moment. */
export function summarizer(name: string, cold = false): Actor {
  return {
    name,
    cold,
    async does({ memory }) {
      const { documents, live } = await memory.spaces.summary({ space: 'alpha' });
      return { text: documents.map(({ content }) => content).join(''), notes: live.count };
    },
  };
}

/** Counts the notes and the bytes of the bank, as of one moment: the shortest way to look at both. */
export function counter(name: string, cold: boolean): Actor {
  return {
    name,
    cold,
    async does({ memory }) {
      const { bank, live } = await memory.spaces.info({ space: 'alpha' });
      return { text: bank.totalSize > 'x\n'.length ? 'fact' : '', notes: live.count };
    },
  };
}

/** Reads the newest notes. */
export function noteReader(name: string): Actor {
  return {
    name,
    async does({ memory }) {
      const { notes } = await memory.notes.read({ space: 'alpha' });
      return notes.map(({ content }) => content);
    },
  };
}
