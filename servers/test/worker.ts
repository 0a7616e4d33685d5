// A process of its own, for tests: does what the first message asks, and answers with one message.
import { randomUUID } from 'node:crypto';
import { StoreUnavailableError, WriteConflictError } from '@live-mem/core';
import { createEcsObjectStore, type EcsObjectStoreSettings } from '@live-mem/store-ecs';

/** What a worker can be asked to do. */
export type Task = { readonly settings: EcsObjectStoreSettings } & (
  | { readonly do: 'count'; readonly key: string; readonly times: number }
  | { readonly do: 'claim'; readonly keys: readonly string[]; readonly body: string }
);

/** What it did. */
export interface Done {
  /** Increments that were acknowledged, or keys that were won. */
  readonly won: readonly string[];
  /** Answers that left it unclear whether something was written. */
  readonly unclear: number;
  readonly conflicts: number;
}

async function perform(task: Task): Promise<Done> {
  const store = createEcsObjectStore(task.settings);
  await store.probe();
  process.send?.('open');
  await new Promise((resolve) => process.once('message', resolve));
  return task.do === 'count' ? count(store, task.key, task.times) : claim(store, task.keys, task.body);
}

type Store = ReturnType<typeof createEcsObjectStore>;

async function count(store: Store, key: string, times: number): Promise<Done> {
  const won: string[] = [];
  let [unclear, conflicts] = [0, 0];
  while (won.length < times) {
    const read = await store.get(key);
    if (!read) throw new Error('the counter is gone');
    const { value } = JSON.parse(read.body) as { readonly value: number };
    const next = { value: value + 1, nonce: randomUUID() };
    const outcome = await outcomeOf(store.put(key, JSON.stringify(next), { version: read.version }));
    if (outcome === 'written') won.push(`${next.value}`);
    if (outcome === 'unclear') unclear += 1;
    if (outcome === 'conflict') conflicts += 1;
  }
  return { won, unclear, conflicts };
}

async function claim(store: Store, keys: readonly string[], body: string): Promise<Done> {
  const won: string[] = [];
  let [unclear, conflicts] = [0, 0];
  for (const key of keys) {
    const outcome = await outcomeOf(store.put(key, body, { absent: true }));
    if (outcome === 'written') won.push(key);
    if (outcome === 'unclear') unclear += 1;
    if (outcome === 'conflict') conflicts += 1;
  }
  return { won, unclear, conflicts };
}

async function outcomeOf(write: Promise<unknown>): Promise<'written' | 'conflict' | 'unclear'> {
  try {
    await write;
    return 'written';
  } catch (error) {
    if (error instanceof WriteConflictError) return 'conflict';
    if (error instanceof StoreUnavailableError) return 'unclear';
    throw error;
  }
}

process.once('message', (task) => {
  perform(task as Task)
    .then(
      (done) => ({ done }),
      (error: unknown) => ({ error: String(error) }),
    )
    .then((outcome) => process.send?.(outcome, () => process.disconnect()))
    .catch(() => process.exit(1));
});
process.send?.('ready');
