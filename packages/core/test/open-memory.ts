import {
  type Category,
  type Consolidator,
  createLiveMemory,
  type LiveMemory,
  type ObjectStore,
  type Proposal,
  type WrittenNote,
} from '@live-mem/core';
import { createMemoryObjectStore, type MemoryObjectStore } from '@live-mem/core/memory';
import {
  type CountingStore,
  createCountingIds,
  createCountingStore,
  createManualClock,
  type ManualClock,
} from '@live-mem/core/testing';

/** A memory in memory, its clock set by hand, with everything a test looks at. */
export interface TestMemory {
  readonly memory: LiveMemory;
  readonly store: MemoryObjectStore;
  readonly clock: ManualClock;
  readonly counting: CountingStore;
  /** Another process over the same store: its own caches. */
  readonly another: (consolidator?: Consolidator, over?: ObjectStore) => LiveMemory;
  readonly note: (
    content: string,
    more?: Partial<{ agent: string; category: Category; space: string; requestId: string }>,
  ) => Promise<WrittenNote>;
  readonly consolidate: (agent?: string) => ReturnType<LiveMemory['bank']['consolidate']>;
  readonly keys: (prefix?: string) => Promise<string[]>;
}

/** With a space `alpha`, and a consolidator that appends every note to `notes.md`, unless another is given. */
export async function openMemory(consolidator: Consolidator = appendingConsolidator): Promise<TestMemory> {
  const clock = createManualClock();
  const store = createMemoryObjectStore({ now: clock.now });
  const counting = createCountingStore(store, { flush: setImmediate });
  let processes = 0;
  const another = (other: Consolidator = consolidator, over: ObjectStore = store): LiveMemory => {
    processes += 1;
    return createLiveMemory({
      store: over,
      consolidator: other,
      clock,
      newId: createCountingIds(processes.toString(16)),
    });
  };
  const memory = another(consolidator, counting.store);
  await memory.spaces.create({ space: 'alpha', actor: 'test', rules: '# Rules\n' });
  return {
    memory,
    store,
    clock,
    counting,
    another,
    note: (content, more) =>
      memory.notes.write({ space: 'alpha', agent: 'cline', category: 'observation', content, ...more }),
    consolidate: (agent) => memory.bank.consolidate({ space: 'alpha', actor: 'test', ...(agent ? { agent } : {}) }),
    keys: (prefix = '') => keysOf(store, prefix),
  };
}

export async function keysOf(store: ObjectStore, prefix = ''): Promise<string[]> {
  const keys: string[] = [];
  for await (const entry of store.list(prefix)) if ('key' in entry) keys.push(entry.key);
  return keys;
}

/** Answers what the function says, whatever it is asked. */
export function answering(propose: (request: Parameters<Consolidator['propose']>[0]) => unknown): Consolidator {
  return {
    name: 'scripted',
    limits: { countTokens: (text) => text.length },
    propose: async (request) => propose(request) as Proposal,
  };
}

/** Puts every note, whole, at the end of `notes.md`. */
export const appendingConsolidator: Consolidator = answering(({ documents, notes }) => {
  const filename = 'notes.md';
  const text = documents.find((document) => document.filename === filename)?.text;
  const lines = notes.map(({ content, id }) => `- ${content} (${id})\n`).join('');
  const ids = notes.map(({ id }) => id);
  return {
    edits: [
      {
        operation: text === undefined ? 'create' : 'rewrite',
        filename,
        content: (text ?? '# Notes\n\n') + lines,
        notes: ids,
      },
    ],
    fates: ids.map((note) => ({ note, fate: 'integrated' })),
    synthesis: `${ids.length} notes came last.\n`,
  };
});
