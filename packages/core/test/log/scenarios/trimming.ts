import type { Actor } from '../exploring/actor.ts';
import { createDirectStore } from '../exploring/asking-store.ts';
import type { Scenario } from '../exploring/explore.ts';
import { memoryOver } from '../exploring/run.ts';
import type { Snapshot } from '../exploring/snapshot.ts';
import { audit } from '../judging/audit.ts';
import { all, type Check, changesOnce, readsOneCommit, succeed } from '../judging/checks.ts';
import { type LoggedCommit, toldBy } from '../judging/the-log.ts';
import { bankReader, rewritten, undoer, writer } from './parts.ts';

/** A document that was written three times; all but the last was long ago. */
export const longAgo: Snapshot = await aged(rewritten);

async function aged(base: Snapshot): Promise<Snapshot> {
  const { store, now } = createDirectStore(base);
  await memoryOver(store, 'd').bank.write({ space: 'alpha', filename: 'x.md', content: 'third\n', actor: 'base' });
  for (const n of [1, 2, 3]) {
    const key = `alpha/_commits/000000000${n}.json`;
    const commit = JSON.parse((await store.get(key))?.body ?? '') as object;
    await store.put(key, JSON.stringify({ ...commit, at: '2020-01-01T00:00:00+00:00' }));
  }
  return now();
}

/** Numbers of the commits whose texts were taken out; only commit 2 is needed by nobody. */
export function trimmedOf(commits: readonly LoggedCommit[]): string {
  return commits
    .filter(({ stub }) => stub)
    .map(({ n }) => n)
    .join();
}

/** Nothing else is trimmed at any moment, and that is, once it was said. */
const trimsTheRight: Check = ({ snapshot, outcomes }) => {
  const trimmed = trimmedOf(toldBy(snapshot).commits);
  const ended = outcomes.get('T');
  const isDone = ended !== undefined && 'value' in ended;
  return trimmed === '2' || (trimmed === '' && !isDone) ? undefined : `trimmed: ${trimmed}`;
};

function trimmer(name: string): Actor {
  return { name, does: ({ memory }) => memory.bank.trim({ space: 'alpha' }) };
}

export const trimBesideWriter: Scenario = {
  name: 'a trimming, a writer of what the bank shows, and a reader',
  base: longAgo,
  actors: [trimmer('T'), writer('A', 'x.md', 'a\n'), bankReader('R')],
  check: all(changesOnce('A'), succeed('T', 'A', 'R'), readsOneCommit('R'), trimsTheRight),
  audit,
};

export const trimBesideUndo: Scenario = {
  name: 'a trimming, and an undo of the change before',
  base: longAgo,
  actors: [trimmer('T'), undoer('U', 4)],
  check: all(changesOnce('U'), succeed('T', 'U'), trimsTheRight),
  audit,
};

export const twoTrimmings: Scenario = {
  name: 'two trimmings',
  base: longAgo,
  actors: [trimmer('T'), trimmer('S')],
  check: all(succeed('T', 'S'), trimsTheRight),
  audit,
};
