import { createOutlineConsolidator } from '@live-mem/consolidator-outline';
import { createLiveMemory } from '@live-mem/core';
import { createMemoryObjectStore } from '@live-mem/core/memory';
import { createCountingStore, createManualClock } from '@live-mem/core/testing';
import { sampleNotes } from './notes.mjs';

const space = 'bench';

/** What each use case asks of a store: exact, whatever the machine. */
export async function countRequests() {
  const clock = createManualClock(Date.UTC(2026, 0, 1));
  const inner = createMemoryObjectStore({ now: clock.now });
  const counting = createCountingStore(inner, { flush: setImmediate });
  const open = (store = counting.store) =>
    createLiveMemory({ store, consolidator: createOutlineConsolidator(), clock });
  const rows = [];
  async function count(name, work) {
    counting.reset();
    await work();
    const { requests, roundTrips, byOperation } = counting.counts();
    const parts = Object.entries(byOperation).map(([operation, times]) => `${times} ${operation}`);
    rows.push([name, String(requests), String(roundTrips), parts.join(', ')]);
  }

  const warm = open();
  await count('space create', () => warm.spaces.create({ space, actor: 'bench' }));
  const note = (memory, more) =>
    memory.notes.write({ space, agent: 'a', category: 'progress', content: 'a note', ...more });
  await count('note write, space known', () => note(warm));
  await count('note write, with a request id', () => note(warm, { requestId: 'r' }));
  await count('note write, the same again', () => note(warm, { requestId: 'r' }));
  await count('note write, cold', () => note(open()));
  await count('note import, 1,000 notes', () => warm.notes.import({ space, lines: sampleNotes(1_000) }));
  await count('note import, the same again', () => warm.notes.import({ space, lines: sampleNotes(1_000) }));
  await open(inner).notes.import({ space, lines: sampleNotes(10_000) });
  await count('note read, newest 50 of 10,000, cold', () => open().notes.read({ space }));
  await count('note read, newest 50 of 10,000, warm', () => warm.notes.read({ space }));
  await count('note read, the same again', () => warm.notes.read({ space }));
  await count('note search, 10,000 notes, cold', () => warm.notes.search({ space, query: 'nowhere' }));
  await count('note search, the same again', () => warm.notes.search({ space, query: 'nowhere' }));
  await count('bank consolidate, 10,000 notes', () => warm.bank.consolidate({ space, actor: 'bench' }));
  await count('bank consolidate, nothing to do', () => warm.bank.consolidate({ space, actor: 'bench' }));
  await count('bank read all, cold', () => open().bank.readAll({ space }));
  await count('bank read all, warm', () => warm.bank.readAll({ space }));
  await count('bank read one, cold', () => open().bank.read({ space, filename: 'decisions.md' }));
  await count('bank read one, warm', () => warm.bank.read({ space, filename: 'decisions.md' }));
  await count('bank write, warm', () => warm.bank.write({ space, actor: 'bench', filename: 'a.md', content: 'x\n' }));
  await count('bank undo, warm', async () => warm.bank.undo({ space, actor: 'bench', commit: await head(warm) }));
  await count('bank history, cold', () => open().bank.history({ space }));
  await count('bank diff, cold', async () => open().bank.diff({ space, commit: 2 }));
  await count('space info, warm', () => warm.spaces.info({ space }));
  await count('space summary, cold', () => open().spaces.summary({ space }));
  await count('space summary, warm', () => warm.spaces.summary({ space }));
  await count('space list, one space, warm', () => warm.spaces.list());
  return rows;
}

async function head(memory) {
  const { commits } = await memory.bank.history({ space, limit: 1 });
  return commits[0].commit;
}
