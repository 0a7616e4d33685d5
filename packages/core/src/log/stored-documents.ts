import type { BoundedCache } from '../bounded-cache.ts';
import { UnreadableObjectError } from '../errors.ts';
import type { Logger } from '../ports/logger.ts';
import type { ObjectStore, Version, WriteCondition } from '../ports/object-store.ts';
import { sha256Hex } from '../text.ts';
import { bankPrefix, type DocumentPath, documentKey, isDocumentKey } from './space-keys.ts';

/** A document as it is stored, which may differ from what the log says. */
export interface StoredDocument {
  readonly version: Version;
  readonly sha256: string;
  readonly text: string;
}

/** The objects that show the bank, the synthesis and the rules. What they hold is checked by hash, never believed. */
export interface StoredDocuments {
  /** Path → version of everything under `bank/`. 1 listing. */
  list(): Promise<ReadonlyMap<DocumentPath, ListedDocument>>;
  /** Those that are there, side by side. 1 GET each; an unreadable one is an answer. */
  read(paths: readonly DocumentPath[]): Promise<ReadonlyMap<DocumentPath, StoredDocument | UnreadableObjectError>>;
  /** The hash of what is stored under this version, where this process read or wrote it. */
  known(path: DocumentPath, version: Version): string | undefined;
  write(path: DocumentPath, text: string, only: WriteCondition | undefined): Promise<void>;
  remove(path: DocumentPath): Promise<void>;
  /** A text read or written before, by its hash. */
  text(sha256: string): string | undefined;
  /** Keeps a text for {@link StoredDocuments.text}. */
  keep(sha256: string, text: string): void;
}

interface ListedDocument {
  readonly version: Version;
  readonly modifiedAt: number;
}

interface StoredDocumentsParts {
  readonly store: ObjectStore;
  readonly texts: BoundedCache<string, string>;
  readonly logger: Logger;
}

/** The stored documents of one space. */
export function createStoredDocuments({ store, texts, logger }: StoredDocumentsParts, space: string): StoredDocuments {
  const verified = new Map<DocumentPath, { readonly version: Version; readonly sha256: string }>();

  async function list(): Promise<ReadonlyMap<DocumentPath, ListedDocument>> {
    const found = new Map<DocumentPath, ListedDocument>();
    for await (const entry of store.list(bankPrefix(space))) {
      if ('key' in entry && isDocumentKey(entry.key)) found.set(entry.key.slice(space.length + 1), entry);
    }
    return found;
  }

  async function read(paths: readonly DocumentPath[]): ReturnType<StoredDocuments['read']> {
    const answers = await store.getMany(paths.map((path) => documentKey(space, path)));
    const found = new Map<DocumentPath, StoredDocument | UnreadableObjectError>();
    for (const [index, path] of paths.entries()) {
      const answer = answers[index];
      if (answer instanceof UnreadableObjectError) {
        logger.warn('document cannot be read', { space, path });
        found.set(path, answer);
      } else if (answer) found.set(path, verify(path, answer.body, answer.version));
    }
    return found;
  }

  function verify(path: DocumentPath, text: string, version: Version): StoredDocument {
    const sha256 = sha256Hex(text);
    verified.set(path, { version, sha256 });
    texts.set(sha256, text);
    return { version, sha256, text };
  }

  return {
    list,
    read,
    known(path, version) {
      const entry = verified.get(path);
      return entry?.version === version ? entry.sha256 : undefined;
    },
    async write(path, text, only) {
      verify(path, text, await store.put(documentKey(space, path), text, only));
    },
    async remove(path) {
      await store.delete(documentKey(space, path));
      verified.delete(path);
    },
    text: (sha256) => texts.get(sha256),
    keep: (sha256, text) => texts.set(sha256, text),
  };
}
