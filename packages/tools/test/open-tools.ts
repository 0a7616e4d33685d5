import { type Consolidator, createLiveMemory, type LiveMemory, ownerCaller } from '@live-mem/core';
import { createMemoryObjectStore, type MemoryObjectStore } from '@live-mem/core/memory';
import { createCountingIds, createManualClock } from '@live-mem/core/testing';
import type { Tool, ToolAnswer } from '@live-mem/tools';

/** A memory in memory, and a way to call tools over it as `ann`. */
export interface TestTools {
  readonly memory: LiveMemory;
  readonly store: MemoryObjectStore;
  readonly call: <Input, Output extends ToolAnswer>(tool: Tool<Input, Output>, input: Input) => Promise<Output>;
}

/** @param consolidator appends every note to `notes.md`, unless another is given */
export function openTools(consolidator: Consolidator = appending): TestTools {
  const clock = createManualClock();
  const store = createMemoryObjectStore({ now: clock.now });
  const memory = createLiveMemory({ store, consolidator, clock, newId: createCountingIds() });
  return { memory, store, call: (tool, input) => tool.call(memory, input, { caller: ownerCaller('ann') }) };
}

const appending: Consolidator = {
  name: 'appending',
  limits: { countTokens: (text) => text.length },
  async propose({ documents, notes }) {
    const filename = 'notes.md';
    const text = documents.find((document) => document.filename === filename)?.text;
    const lines = notes.map(({ content, id }) => `- ${content} (${id})\n`).join('');
    const ids = notes.map(({ id }) => id);
    const operation = text === undefined ? 'create' : 'rewrite';
    return {
      edits: [{ operation, filename, content: (text ?? '# Notes\n\n') + lines, notes: ids }],
      fates: ids.map((note) => ({ note, fate: 'integrated' as const })),
      synthesis: `${ids.length} notes came last.\n`,
    };
  },
};
