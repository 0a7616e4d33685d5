// A process of its own, for tests: does what the first message asks, and answers with one message.
import { WriteConflictError } from '@live-mem/core';
import { createDurableFolders } from '../src/durable-folders.ts';
import { createFsObjectStore } from '../src/fs-object-store.ts';
import { createKeyLocks } from '../src/key-locks.ts';
import { createOwnFiles } from '../src/own-files.ts';

/** What a worker can be asked to do. */
export type Task =
  | { readonly do: 'count'; readonly folder: string; readonly key: string; readonly times: number }
  | { readonly do: 'claim'; readonly folder: string; readonly keys: readonly string[] }
  | { readonly do: 'hold'; readonly folder: string; readonly key: string };

const WRITERS = 8;

async function count(folder: string, key: string, times: number): Promise<number> {
  const store = createFsObjectStore({ folder, durable: false });
  let conflicts = 0;
  const writer = async (): Promise<void> => {
    for (let done = 0; done < times; ) {
      const read = await store.get(key);
      if (!read) throw new Error('the counter is gone');
      const next = Number(read.body.split('\n')[0]) + 1;
      try {
        await store.put(key, counterBody(next), { version: read.version });
        done += 1;
      } catch (error) {
        if (!(error instanceof WriteConflictError)) throw error;
        conflicts += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return conflicts;
}

async function claim(folder: string, keys: readonly string[]): Promise<string[]> {
  const store = createFsObjectStore({ folder, durable: false });
  const won: string[] = [];
  const writer = async (_: unknown, n: number): Promise<void> => {
    for (const key of keys) {
      const mine = `${process.pid} ${n}`;
      const claimed = await store.put(key, mine, { absent: true }).catch((error: unknown) => {
        if (!(error instanceof WriteConflictError)) throw error;
      });
      if (claimed !== undefined) won.push(`${key} ${mine}`);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return won;
}

async function hold(folder: string, key: string): Promise<never> {
  const locks = createKeyLocks({
    folder,
    ownFiles: createOwnFiles(),
    folders: createDurableFolders(folder, false),
    timeout: 1000,
  });
  return locks.hold(key, () => {
    process.send?.('held');
    return new Promise<never>(() => undefined);
  });
}

/** The number, and a text whose length and letters follow from it: a torn text would show. */
function counterBody(n: number): string {
  return `${n}\n${String.fromCodePoint(97 + (n % 26)).repeat((n * 997) % 20_000)}`;
}

async function perform(task: Task): Promise<unknown> {
  switch (task.do) {
    case 'count':
      return count(task.folder, task.key, task.times);
    case 'claim':
      return claim(task.folder, task.keys);
    case 'hold':
      return hold(task.folder, task.key);
  }
}

process.once('message', (task) => {
  perform(task as Task)
    .then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error: String(error) }),
    )
    .then((outcome) => process.send?.(outcome, () => process.disconnect()))
    .catch(() => process.exit(1));
});
process.send?.('ready');
