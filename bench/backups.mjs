import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createOutlineConsolidator } from '@live-mem/consolidator-outline';
import { createLiveMemory } from '@live-mem/core';
import { createCountingStore } from '@live-mem/core/testing';
import { createFsObjectStore } from '@live-mem/store-fs';
import { sampleNotes } from './notes.mjs';

/**
 * What export, backup, verify and restore ask of a store, how long they take on a folder, and how much memory they add while they run: for
 * a space of `notes` live notes and `documents` documents. Memory that does not grow with the space shows where both sizes add alike.
 * @param {{ notes: number, documents: number }} size
 */
export async function backupRows({ notes, documents }) {
  const folder = mkdtempSync(join(tmpdir(), 'live-mem-bench-'));
  const space = 'bench';
  try {
    await fill(open(folder).memory, { space, notes, documents });
    const { memory, counting } = open(folder);
    const rows = [];
    let backup = '';
    const steps = {
      export: async () => drain((await memory.spaces.export({ space })).files),
      'backup create': async () => ({ backup } = await memory.backups.create({ space })),
      'backup verify': () => memory.backups.verify({ backup }),
      'backup download': async () => drain((await memory.backups.download({ backup })).files),
      'backup restore': () => memory.backups.restore({ backup, as: 'other' }),
    };
    for (const [name, step] of Object.entries(steps)) rows.push([name, ...(await measured(counting, step))]);
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function open(folder) {
  const counting = createCountingStore(createFsObjectStore({ folder }), { flush: setImmediate });
  return { counting, memory: createLiveMemory({ store: counting.store, consolidator: createOutlineConsolidator() }) };
}

async function fill(memory, { space, notes, documents }) {
  await memory.spaces.create({ space, actor: 'bench' });
  for (let n = 0; n < documents; n++) {
    const content = `# Document ${n}\n\n${`Line of document ${n}, with some words in it.\n`.repeat(200)}`;
    await memory.bank.write({ space, filename: `part-${n % 10}/document-${n}.md`, content, actor: 'bench' });
  }
  await memory.notes.import({ space, lines: sampleNotes(notes) });
}

async function drain(files) {
  for await (const _ of files);
}

/** Requests, round trips, time, and the most memory in use above what was in use before, once garbage is gone. */
async function measured(counting, step) {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let most = before;
  const watch = setInterval(() => {
    globalThis.gc?.();
    most = Math.max(most, process.memoryUsage().heapUsed);
  }, 250);
  counting.reset();
  const began = performance.now();
  await step();
  const milliseconds = Math.round(performance.now() - began);
  clearInterval(watch);
  const { requests, roundTrips } = counting.counts();
  const megabytes = ((most - before) / 1024 / 1024).toFixed(0);
  return [String(requests), String(roundTrips), `${milliseconds} ms`, `${megabytes} MB`];
}

// A process of its own, so that memory is that of these steps alone.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [notes, documents] = process.argv.slice(2).map(Number);
  process.stdout.write(`${JSON.stringify(await backupRows({ notes, documents }))}\n`);
}
