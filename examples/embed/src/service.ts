// A service that gives its agents a shared memory: no container, no framework, three packages.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOutlineConsolidator } from '@live-mem/consolidator-outline';
import { createLiveMemory, LiveMemoryError } from '@live-mem/core';
import { createFsObjectStore } from '@live-mem/store-fs';

const folder = await mkdtemp(join(tmpdir(), 'embedded-memory-'));
const memory = createLiveMemory({ store: createFsObjectStore({ folder }), consolidator: createOutlineConsolidator() });

const space = 'support-desk';
await memory.spaces.create({ space, actor: 'service', description: 'What the desk knows' });

// Two agents leave notes. The request id makes a retry of the second one harmless.
await memory.notes.write({
  space,
  agent: 'anna',
  category: 'observation',
  content: 'Invoices of May lack a VAT number.',
});
const report = {
  space,
  agent: 'ben',
  category: 'decision',
  content: 'Invoices are made again by the nightly job.',
} as const;
const first = await memory.notes.write({ ...report, requestId: 'ticket-4711' });
const again = await memory.notes.write({ ...report, requestId: 'ticket-4711' });
console.log(`written once: ${first.filename === again.filename}`);

// The notes become documents.
const { status, notesProcessed, commits } = await memory.bank.consolidate({ space, actor: 'service' });
console.log(`consolidated: ${status}, ${notesProcessed} notes, commit ${commits.join(', ')}`);

// An agent that starts reads everything in one call.
const summary = await memory.spaces.summary({ space });
for (const { filename, content } of summary.documents) console.log(`\n=== ${filename}\n${content}`);

// Every change can be seen and undone.
const { commits: history } = await memory.bank.history({ space });
for (const { commit, kind, actor, files } of history) console.log(`${commit}  ${kind}  ${actor}  ${files.join(', ')}`);
const undone = await memory.bank.undo({ space, actor: 'service', commit: commits[0] ?? 0 });
console.log(`undone by commit ${undone.commit}: ${undone.notesRestored} notes are live again`);

// Errors say what to do next.
try {
  await memory.notes.write({ space: 'nowhere', agent: 'anna', category: 'todo', content: 'x' });
} catch (error) {
  if (!(error instanceof LiveMemoryError)) throw error;
  console.log(`${error.code} (${error.remedy}): ${error.message}`);
}
