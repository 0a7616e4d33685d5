import { type Consolidator, createLiveMemory, type ObjectStore } from '@live-mem/core';

const DOCUMENTS = 20;
const READERS = 2;
const space = 'alpha';

/** What readers saw beside commits that rewrite everything. */
export interface OneMoment {
  readonly reads: number;
  /** Different rounds that were seen: readers that see one alone prove nothing. */
  readonly rounds: number;
  readonly violations: readonly string[];
}

/**
 * Rewrites twenty documents in each of so many commits, while others read the bank again and again: nobody may see two rounds at once.
 * @param open gives each of them a store of his own, as another process would have it
 */
export async function readBesideRewrites(open: () => ObjectStore, commits: number): Promise<OneMoment> {
  const writer = createLiveMemory({ store: open(), consolidator: rewriting });
  await writer.spaces.create({ space, rules: '# Rules\n' });
  await rewrite(writer, 0);
  const writing = new AbortController();
  const [seen, violations]: [Set<string>, string[]] = [new Set(), []];
  let reads = 0;
  async function read(): Promise<void> {
    const { bank } = createLiveMemory({ store: open(), consolidator: rewriting });
    while (!writing.signal.aborted) {
      const { commit, documents } = await bank.readAll({ space });
      const rounds = new Set(documents.map(({ content }) => content));
      reads += 1;
      for (const round of rounds) seen.add(round);
      if (rounds.size !== 1 || documents.length !== DOCUMENTS)
        violations.push(`commit ${commit} was read as ${documents.length} documents of ${[...rounds].join(', ')}`);
    }
  }
  async function write(): Promise<void> {
    try {
      for (let round = 1; round <= commits; round++) await rewrite(writer, round);
    } finally {
      writing.abort();
    }
  }
  await Promise.all([write(), ...Array.from({ length: READERS }, read)]);
  return { reads, rounds: seen.size, violations };
}

async function rewrite({ notes, bank }: ReturnType<typeof createLiveMemory>, round: number): Promise<void> {
  const names = Array.from({ length: DOCUMENTS }, (_, n) => n);
  await Promise.all(
    names.map(() => notes.write({ space, agent: 'writer', category: 'progress', content: `round ${round}` })),
  );
  const { status } = await bank.consolidate({ space, actor: 'writer' });
  if (status !== 'ok') throw new Error(`round ${round} ended ${status}`);
}

/** Each note becomes the whole text of a document. */
const rewriting: Consolidator = {
  name: 'rewriting',
  limits: { countTokens: (text) => text.length },
  async propose({ documents, notes }) {
    const there = new Set(documents.map(({ filename }) => filename));
    const edits = notes.map(({ id, content }, n) => {
      const filename = `document-${n}.md`;
      const operation = there.has(filename) ? ('rewrite' as const) : ('create' as const);
      return { operation, filename, content: `${content}\n`, notes: [id] };
    });
    return { edits, fates: notes.map(({ id }) => ({ note: id, fate: 'integrated' })), synthesis: '' };
  },
};
