import { expect } from '@jest/globals';
import { type Caller, type Consolidator, createLiveMemory, type LiveMemory, ownerCaller } from '@live-mem/core';
import { createMemoryObjectStore, type MemoryObjectStore } from '@live-mem/core/memory';
import {
  type CountingStore,
  createCountingIds,
  createCountingStore,
  createManualClock,
  type ManualClock,
} from '@live-mem/core/testing';
import type { Tool, ToolAnswer, ToolContext } from '@live-mem/tools';

/** A memory in memory, and a way to call tools over it. */
export interface TestTools {
  readonly memory: LiveMemory;
  readonly store: MemoryObjectStore;
  readonly clock: ManualClock;
  readonly counting: CountingStore;
  /** As `ann`, who holds the store, where nobody else is named. */
  readonly call: <Input, Output extends ToolAnswer>(
    tool: Tool<Input, Output>,
    input: Input,
    caller?: Caller,
  ) => Promise<Output>;
}

/** The key that makes the first administrator here. */
export const BOOTSTRAP_KEY = 'a key of 32 characters at the least';

/** @param consolidator appends every note to `notes.md`, unless another is given */
export function openTools(consolidator: Consolidator = appending): TestTools {
  const clock = createManualClock();
  const store = createMemoryObjectStore({ now: clock.now });
  const counting = createCountingStore(store, { flush: setImmediate });
  const parts = { store: counting.store, consolidator, clock, newId: createCountingIds() };
  const memory = createLiveMemory({ ...parts, bootstrapKey: BOOTSTRAP_KEY });
  const call: TestTools['call'] = (tool, input, caller = ownerCaller('ann')) =>
    tool.call(memory, input, { caller, archive: listing });
  return { memory, store, clock, counting, call };
}

/** In place of an archive, the names of what would be in it, and their texts. */
const listing: ToolContext['archive'] = async function* listFiles(files, root) {
  for await (const { path, text } of files) yield new TextEncoder().encode(`${root}/${path}\n${text}\n`);
};

/** As {@link openTools}; each answer is held against the schema it promises. */
export function openChecked(): TestTools {
  const test = openTools();
  const call: TestTools['call'] = async (tool, input, caller) => {
    const answer = await test.call(tool, input, caller);
    expect(tool.output.parse(answer)).toEqual(answer);
    expect(JSON.parse(JSON.stringify(answer))).toStrictEqual(answer);
    expect(JSON.stringify(answer)).not.toContain(':null');
    return answer;
  };
  return { ...test, call };
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
