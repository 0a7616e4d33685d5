import { readFileSync } from 'node:fs';
import { createOutlineConsolidator } from '@live-mem/consolidator-outline';
import { createLiveMemory } from '@live-mem/core';
import { createFsObjectStore } from '@live-mem/store-fs';

// One step a process, as the command line runs them, so that each has its own memory to show.
const [step, folder, file] = process.argv.slice(2);
const space = 'bench';
const memory = createLiveMemory({ store: createFsObjectStore({ folder }), consolidator: createOutlineConsolidator() });
const lines = file === undefined ? [] : readFileSync(file, 'utf8').split('\n');

const steps = {
  async import() {
    await memory.spaces.create({ space, actor: 'bench' });
    const { imported } = await memory.notes.import({ space, lines });
    return `${imported} notes`;
  },
  async again() {
    const { imported } = await memory.notes.import({ space, lines });
    return `${imported} notes`;
  },
  async consolidate() {
    const { notesProcessed, commits } = await memory.bank.consolidate({ space, actor: 'bench' });
    return `${notesProcessed} notes, ${commits.length} commits`;
  },
  async read() {
    const { documents } = await memory.bank.readAll({ space });
    return `${documents.length} documents, ${documents.reduce((sum, { size }) => sum + size, 0)} bytes`;
  },
  async summary() {
    const { live } = await memory.spaces.summary({ space });
    return `${live.count} live notes`;
  },
  async check() {
    return checkNotes(lines, await memory.bank.readAll({ space }));
  },
};

/** Every note must be in the bank once, whole: found by its content, line by line, however it is indented there. */
function checkNotes(from, { documents }) {
  const bank = squeeze(documents.map(({ content }) => content).join('\n'));
  const notes = from.filter((line) => line.trim() !== '').map((line) => JSON.parse(line));
  const missing = notes.filter(({ content }) => !bank.includes(squeeze(content)));
  const citations = documents.flatMap(({ content }) =>
    [...content.matchAll(/`[a-z]+_[0-9a-f]{8}`/g)].map(([found]) => found),
  );
  const cited = new Set(citations);
  if (missing.length > 0) throw new Error(`${missing.length} notes are not whole in the bank: ${missing[0].content}`);
  if (citations.length !== notes.length || cited.size !== notes.length) {
    throw new Error(`${notes.length} notes, ${citations.length} citations, ${cited.size} of them different`);
  }
  return `${notes.length} notes, each cited once and whole`;
}

/** Without white space and backslashes, which is all that quoting a note adds. */
function squeeze(text) {
  return text.replace(/[\s\\]+/g, '');
}

const began = performance.now();
const result = await steps[step]();
const row = {
  result,
  milliseconds: Math.round(performance.now() - began),
  megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
};
process.stdout.write(`${JSON.stringify(row)}\n`);
