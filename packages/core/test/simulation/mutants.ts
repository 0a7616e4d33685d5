import type { ObjectStore } from '@live-mem/core';
import {
  deletingBeforeCommit,
  forgettingRequests,
  ignoringAbsent,
  listingLate,
  listingLogFirst,
  readingHintLast,
} from '../log/scenarios/broken-stores.ts';

/** What breaks one rule of the protocol for every server, by the name of the rule. */
export const mutants: Readonly<Record<string, (store: ObjectStore) => ObjectStore>> = {
  'commits are created over commits': ignoringAbsent,
  'the log is listed before the notes': listingLogFirst,
  'the hint is read after the notes were listed': readingHintLast,
  'listings lack the newest commit': listingLate,
  'what a request wrote is forgotten': forgettingRequests,
  'notes are deleted before the commit': deletingBeforeCommit,
  'documents are believed without their hash': believingDocuments,
  'trimming frees the number of a commit': freeingNumbers,
};

/** One version for all texts of a document. */
function plain(key: string, version: string): string {
  return key.includes('/bank/') ? 'the same' : version;
}

/** All texts of a document have one version: what was right once is taken to be right for ever. */
function believingDocuments(store: ObjectStore): ObjectStore {
  return {
    ...store,
    async get(key) {
      const read = await store.get(key);
      return read && { ...read, version: plain(key, read.version) };
    },
    getMany: async (keys) =>
      (await store.getMany(keys)).map((read, at) =>
        read && 'body' in read ? { ...read, version: plain(keys[at] ?? '', read.version) } : read,
      ),
    put: async (key, body, only) => {
      const isDocument = key.includes('/bank/') && only !== undefined && 'version' in only;
      return plain(key, await store.put(key, body, isDocument ? undefined : only));
    },
    async *list(prefix, options) {
      for await (const entry of store.list(prefix, options))
        yield 'key' in entry ? { ...entry, version: plain(entry.key, entry.version) } : entry;
    },
  };
}

/** Deletes a commit where its texts alone are to go. */
function freeingNumbers(store: ObjectStore): ObjectStore {
  return {
    ...store,
    async put(key, body, only) {
      if (!key.includes('/_commits/') || !only || 'absent' in only) return store.put(key, body, only);
      await store.delete(key);
      return 'gone';
    },
  };
}
