import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObjectStore } from '@live-mem/core';
import { type Snapshot, snapshotOf } from '../packages/core/test/log/exploring/snapshot.ts';

/** Lends a folder of its own to the work, and removes it. */
export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'live-mem-torture-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Everything that is stored. */
export async function snapshotOfStore(store: ObjectStore): Promise<Snapshot> {
  const keys: string[] = [];
  for await (const entry of store.list('')) if ('key' in entry) keys.push(entry.key);
  const answers = await store.getMany(keys);
  const bodies = answers.map((answer) => (answer && 'body' in answer ? answer.body : 'cannot be read'));
  return snapshotOf(new Map(keys.map((key, at) => [key, bodies[at] ?? ''])));
}
