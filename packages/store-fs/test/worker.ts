// A process of its own, for tests: does what the first message asks, and answers with one message.
import { LiveMemoryError, type ObjectStore, WriteConflictError } from '@live-mem/core';
import { createDurableFolders } from '../src/durable-folders.ts';
import { createFsObjectStore } from '../src/fs-object-store.ts';
import { createKeyLocks } from '../src/key-locks.ts';
import { createOwnFiles } from '../src/own-files.ts';

/** What a worker can be asked to do. */
export type Task =
  | { readonly do: 'count'; readonly folder: string; readonly key: string; readonly times: number }
  | { readonly do: 'claim'; readonly folder: string; readonly keys: readonly string[] }
  | { readonly do: 'hold'; readonly folder: string; readonly key: string }
  | {
      readonly do: 'look';
      readonly folder: string;
      readonly keys: readonly string[];
      readonly prefixes: readonly Prefix[];
    };

type Prefix = { readonly prefix: string; readonly delimiter?: string };

const WRITERS = 8;
/** A user and a group without any rights of their own: nobody, nearly everywhere. */
const ORDINARY = 65_534;

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

/** Reads and lists as an ordinary user, for whom permissions count: root may do everything. */
async function look(folder: string, keys: readonly string[], prefixes: readonly Prefix[]): Promise<unknown> {
  if (process.getuid?.() === 0) {
    process.setgroups?.([]);
    process.setgid?.(ORDINARY);
    process.setuid?.(ORDINARY);
  }
  const store = createFsObjectStore({ folder, durable: false });
  const answers = await toldOf(store.getMany(keys));
  return {
    read: Array.isArray(answers) ? answers.map(told) : answers,
    listed: await Promise.all(prefixes.map(({ prefix, delimiter }) => toldOf(namesUnder(store, prefix, delimiter)))),
  };
}

async function namesUnder(store: ObjectStore, prefix: string, delimiter = ''): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of store.list(prefix, { delimiter })) names.push('key' in entry ? entry.key : entry.prefix);
  return names;
}

async function toldOf(asked: Promise<unknown>): Promise<unknown> {
  return asked.catch(told);
}

/** What can be sent to another process. */
function told(answer: unknown): unknown {
  if (answer instanceof LiveMemoryError) return `${answer.code}: ${answer.message}`;
  return typeof answer === 'object' && answer !== null && 'body' in answer ? answer.body : answer;
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
    case 'look':
      return look(task.folder, task.keys, task.prefixes);
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
