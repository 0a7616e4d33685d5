// A memory in one file: what is left in it by one process is there for the next.
import { argv } from 'node:process';
import { createOutlineConsolidator } from '@live-mem/consolidator-outline';
import { createLiveMemory } from '@live-mem/core';
import { openJournalObjectStore } from './journal-object-store.ts';

const [, , file = 'memory.jsonl', ...words] = argv;
const store = await openJournalObjectStore(file);
const memory = createLiveMemory({ store, consolidator: createOutlineConsolidator() });
const space = 'diary';
await memory.spaces.create({ space, description: 'What was said on the command line' });
if (words.length > 0) {
  await memory.notes.write({ space, agent: 'me', category: 'observation', content: words.join(' ') });
  await memory.bank.consolidate({ space });
}
const { documents } = await memory.bank.readAll({ space });
console.log(documents.map(({ content }) => content).join('\n') || `nothing yet: start ${file} "something to keep"`);
await store.close();
