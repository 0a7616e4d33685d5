import { createOutlineConsolidator } from '@live-mem/consolidator-outline';
import { createLiveMemory, type LiveMemory } from '@live-mem/core';
import { createFsObjectStore } from '@live-mem/store-fs';
import { audit, unshown } from '../packages/core/test/log/judging/audit.ts';
import { occurrences } from '../packages/core/test/log/judging/checks.ts';
import { type Told, toldBy } from '../packages/core/test/log/judging/the-log.ts';
import { inFolder, snapshotOfStore } from './folder.ts';
import { runWorker } from './run-worker.ts';

const NOTES = 100;
const AT_ONCE = 2;
const kinds = ['decision', 'todo', 'progress', 'insight', 'question', 'issue', 'observation'];

/** What each note says, and nothing else does. */
const facts = Array.from({ length: NOTES }, (_, n) => `fact number ${String(n).padStart(3, '0')} of many`);

export interface Kills {
  readonly kills: number;
  /** Those that ended the process between the first and the last request of its consolidation. */
  readonly inside: number;
  /** Requests of a whole consolidation. */
  readonly requests: number;
  /** After how many commits of the consolidation; by their number. */
  readonly commitsLeft: Readonly<Record<number, number>>;
  readonly violations: readonly string[];
}

/** Kills a process that consolidates, at a random moment, again and again; each time another consolidates what is left. */
export async function killConsolidations(kills: number): Promise<Kills> {
  const { told: whole } = await inFolder(async (folder) => {
    await fill(memoryIn(folder));
    return runWorker(['consolidate', folder]);
  });
  const requests = whole.length - 1;
  const found: Awaited<ReturnType<typeof killOnce>>[] = [];
  let left = kills;
  async function work(): Promise<void> {
    for (; left > 0; ) {
      left--;
      found.push(await inFolder((folder) => killOnce(folder, 1 + Math.floor(Math.random() * requests))));
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const commitsLeft: Record<number, number> = {};
  for (const { commits } of found) commitsLeft[commits] = (commitsLeft[commits] ?? 0) + 1;
  return {
    kills: found.length,
    inside: found.filter(({ inside }) => inside).length,
    requests,
    commitsLeft,
    violations: found.flatMap(({ violation }) => violation ?? []),
  };
}

async function killOnce(
  folder: string,
  after: number,
): Promise<{ inside: boolean; commits: number; violation?: string }> {
  const store = createFsObjectStore({ folder, durable: false });
  await fill(memoryIn(folder));
  const { told, finished } = await runWorker(['consolidate', folder], after);
  const atDeath = await snapshotOfStore(store);
  const commits = toldBy(atDeath).head - 1;
  const early = await audit(atDeath);
  await memoryIn(folder).bank.consolidate({ space: 'alpha', actor: 'another' });
  const settled = await snapshotOfStore(store);
  const wrong = early ?? judge(toldBy(settled)) ?? unshown(settled) ?? (await audit(settled));
  const inside = !finished && told.length > 0;
  if (wrong === undefined) return { inside, commits };
  return { inside, commits, violation: [`killed after ${told.length} requests: ${wrong}`, ...told].join('\n  ') };
}

/** Each note is in the bank once, and was consumed once. */
function judge({ commits, docs, live }: Told): string | undefined {
  if (live.size > 0) return `${live.size} notes are left`;
  const bank = [...docs].filter(([path]) => path.startsWith('bank/')).map(([, text]) => text);
  const lost = facts.find((fact) => occurrences(bank, fact) !== 1);
  if (lost !== undefined) return `"${lost}" is in the bank ${occurrences(bank, lost)} times`;
  const consumed = commits.flatMap((commit) => commit.consumed.map(({ key }) => key));
  return consumed.length === NOTES ? undefined : `${consumed.length} notes were consumed`;
}

async function fill(memory: LiveMemory): Promise<void> {
  await memory.spaces.create({ space: 'alpha', actor: 'test' });
  const lines = facts.map((content, n) =>
    JSON.stringify({
      timestamp: new Date(Date.UTC(2025, 0, 1, 0, n)).toISOString(),
      agent: `agent-${n % 3}`,
      category: kinds[n % kinds.length],
      content,
    }),
  );
  await memory.notes.import({ space: 'alpha', lines });
}

function memoryIn(folder: string): LiveMemory {
  const store = createFsObjectStore({ folder, durable: false });
  return createLiveMemory({ store, consolidator: createOutlineConsolidator() });
}
