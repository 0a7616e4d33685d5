import type { LiveMemory, ObjectKey, ObjectStore } from '@live-mem/core';

/** One space, and the ways to look at it: as the memory tells it, and as it is stored. */
export interface Examined {
  readonly memory: LiveMemory;
  readonly store: ObjectStore;
  readonly space: string;
  /** Folder of the store, where it is one. */
  readonly folder: string | undefined;
  /** What checks of the space are headed. */
  readonly part: string;
}

/** All keys under a prefix, without it. */
export async function namesUnder({ store }: Examined, prefix: string): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of store.list(prefix)) if ('key' in entry) names.push(entry.key.slice(prefix.length));
  return names;
}

const AT_ONCE = 50;

/** Looks at what is stored, a part at a time: a large space need not fit into memory. */
export async function readEach(
  { store }: Examined,
  keys: readonly ObjectKey[],
  look: (key: ObjectKey, answer: Awaited<ReturnType<ObjectStore['getMany']>>[number]) => void,
): Promise<void> {
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const some = keys.slice(at, at + AT_ONCE);
    const answers = await store.getMany(some);
    for (const [index, key] of some.entries()) look(key, answers[index]);
  }
}

/** Whether a name is one of those that keep a folder in place, and mean nothing. */
export function isSentinel(name: string): boolean {
  return name === '.keep' || name.endsWith('/.keep');
}
