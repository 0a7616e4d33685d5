import { createOutlineConsolidator } from '@live-mem/consolidator-outline';
import { createLiveMemory, type ObjectStore } from '@live-mem/core';
import { createFsObjectStore } from '@live-mem/store-fs';
import { audit } from '../packages/core/test/log/judging/audit.ts';
import { docsAsOf, type Told, toldBy } from '../packages/core/test/log/judging/the-log.ts';
import { inFolder, snapshotOfStore } from './folder.ts';
import { runWorker } from './run-worker.ts';

/** What a writer was told. */
type Acknowledged =
  | { readonly actor: string; readonly filename: string; readonly content: string; readonly commit: number }
  | { readonly actor: string; readonly note: string; readonly content: string };

export interface Crowd {
  readonly documents: number;
  readonly notes: number;
  /** Whole banks read meanwhile. */
  readonly reads: number;
  readonly violations: readonly string[];
}

/** Two processes with eight writers each on one folder, and a third that reads. */
export function crowdOneFolder(): Promise<Crowd> {
  return inFolder(async (folder) => {
    const store = createFsObjectStore({ folder, durable: false });
    const memory = createLiveMemory({ store, consolidator: createOutlineConsolidator() });
    await memory.spaces.create({ space: 'alpha', actor: 'test', rules: '# Rules\n' });
    const working = Promise.all(['p', 'q'].map((name) => runWorker(['write', folder, name])));
    const reads = await readUntil(store, working);
    const told = (await working).flatMap((worker) => worker.told.filter((line) => line !== 'end'));
    const acknowledged = told.map((line) => JSON.parse(line) as Acknowledged);
    const snapshot = await snapshotOfStore(store);
    const log = toldBy(snapshot);
    const wrong = [
      ...acknowledged.flatMap((one) => lostOf(one, log) ?? []),
      ...reads.flatMap((read) => tornOf(read, log) ?? []),
      await audit(snapshot),
    ].filter((fault) => fault !== undefined);
    const documents = acknowledged.filter((one) => 'commit' in one).length;
    return { documents, notes: acknowledged.length - documents, reads: reads.length, violations: wrong };
  });
}

interface Read {
  readonly commit: number;
  readonly documents: readonly { readonly filename: string; readonly content: string }[];
}

async function readUntil(store: ObjectStore, working: Promise<unknown>): Promise<Read[]> {
  const still = Symbol('still working');
  const memory = createLiveMemory({ store, consolidator: createOutlineConsolidator() });
  const reads: Read[] = [];
  while ((await Promise.race([working, Promise.resolve(still)])) === still)
    reads.push(await memory.bank.readAll({ space: 'alpha' }));
  return reads;
}

function lostOf(one: Acknowledged, { commits, live }: Told): string | undefined {
  if ('note' in one) return live.get(one.note)?.endsWith(one.content) ? undefined : `note ${one.note} is lost`;
  const made = commits.filter(
    ({ actor, docs }) => actor === one.actor && docs[`bank/${one.filename}`]?.after === one.content,
  );
  return made.length === 1 && made[0]?.n === one.commit
    ? undefined
    : `${one.actor} made commit ${one.commit}, the log has ${made.length}`;
}

function tornOf({ commit, documents }: Read, { commits }: Told): string | undefined {
  const told = docsAsOf(commits, commit);
  const torn = documents.find(({ filename, content }) => told.get(`bank/${filename}`) !== content);
  return torn && `${torn.filename} was not read as commit ${commit} says`;
}
