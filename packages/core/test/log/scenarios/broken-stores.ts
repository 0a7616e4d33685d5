import type { ListedEntry, ListOptions, ObjectStore } from '@live-mem/core';

// Stores and processes that break one rule of the protocol each: whoever claims to prove it must find them.

/** Creates over what is there. */
export function ignoringAbsent(store: ObjectStore): ObjectStore {
  return { ...store, put: (key, body, only) => store.put(key, body, only && 'absent' in only ? undefined : only) };
}

/** Replaces whatever is there. */
export function ignoringVersions(store: ObjectStore): ObjectStore {
  return { ...store, put: (key, body, only) => store.put(key, body, only && 'version' in only ? undefined : only) };
}

/** Lists the log before the notes, as if the rule were the other way round. */
export function listingLogFirst(store: ObjectStore): ObjectStore {
  let log: ListedEntry[] | undefined;
  return {
    ...store,
    async *list(prefix, options) {
      if (prefix.endsWith('/live/')) log = await listed(store, prefix.replace('/live/', '/_commits/'), options);
      if (!prefix.endsWith('/_commits/') || !log) return yield* store.list(prefix, options);
      const { startAfter = '' } = options ?? {};
      yield* log.filter((entry) => 'key' in entry && entry.key > startAfter);
      log = undefined;
    },
  };
}

/** Reads the hint after the notes were listed. */
export function readingHintLast(store: ObjectStore): ObjectStore {
  let notes: ListedEntry[] | undefined;
  async function listFirst(keys: readonly string[]): Promise<void> {
    const hint = keys.find((key) => key.endsWith('/_head.json'));
    if (hint !== undefined) notes = await listed(store, hint.replace('_head.json', 'live/'));
  }
  return {
    ...store,
    get: (key) => listFirst([key]).then(() => store.get(key)),
    getMany: (keys) => listFirst(keys).then(() => store.getMany(keys)),
    async *list(prefix, options) {
      if (!prefix.endsWith('/live/') || !notes) return yield* store.list(prefix, options);
      yield* notes;
      notes = undefined;
    },
  };
}

/** Does not list the newest commit, as stores did that were consistent in the end only. */
export function listingLate(store: ObjectStore): ObjectStore {
  return {
    ...store,
    async *list(prefix, options) {
      const entries = await listed(store, prefix, options);
      yield* prefix.endsWith('/_commits/') ? entries.slice(0, -1) : entries;
    },
  };
}

/** Does not keep what requests wrote. */
export function forgettingRequests(store: ObjectStore): ObjectStore {
  return {
    ...store,
    put: async (key, body, only) => (key.includes('/_requests/') ? 'forgotten' : store.put(key, body, only)),
  };
}

/** Deletes the notes, then commits what became of them. */
export function deletingBeforeCommit(store: ObjectStore): ObjectStore {
  return {
    ...store,
    async put(key, body, only) {
      if (key.includes('/_commits/')) {
        const notes = await listed(store, key.replace(/_commits\/.*/, 'live/'));
        await store.deleteMany(notes.flatMap((entry) => ('key' in entry ? [entry.key] : [])));
      }
      return store.put(key, body, only);
    },
  };
}

async function listed(store: ObjectStore, prefix: string, options?: ListOptions): Promise<ListedEntry[]> {
  const entries: ListedEntry[] = [];
  for await (const entry of store.list(prefix, options)) entries.push(entry);
  return entries;
}
