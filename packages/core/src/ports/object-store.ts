import type { UnreadableObjectError } from '../errors.ts';

/**
 * Where spaces live: whole objects of UTF-8 text under text keys. A write is whole or absent, and the next read sees it.
 * A missing object is an answer, not an error.
 *
 * Any method may reject with {@link StoreUnavailableError} (no clear answer: the request may have taken effect, and may be
 * repeated) or {@link StoreRefusedError} (it will not pass: credentials, quota, setup, a key the store cannot hold).
 * An adapter retries what may pass before it gives up.
 */
export interface ObjectStore {
  /** @throws {@link UnreadableObjectError} the stored bytes are not UTF-8 */
  get(key: ObjectKey): Promise<StoredObject | undefined>;

  /**
   * Reads many objects side by side, with an upper bound on requests in flight.
   * @returns one answer per key, in the order of the keys: one unreadable object does not hide the others
   */
  getMany(keys: readonly ObjectKey[]): Promise<readonly ReadAnswer[]>;

  /**
   * @param body text without lone surrogates, at most 5 GB as UTF-8 (S3 limit of one PUT)
   * @param only the write takes place only where this holds; a store without the ability rejects with {@link StoreRefusedError}
   * @returns the version of what is stored now
   * @throws {@link WriteConflictError} `only` did not hold; nothing was written, unless by an earlier try of the same call whose
   * answer was lost
   * @see https://www.rfc-editor.org/rfc/rfc9110#name-preconditions
   */
  put(key: ObjectKey, body: string, only?: WriteCondition): Promise<Version>;

  /** Deleting what is not there succeeds. */
  delete(key: ObjectKey): Promise<void>;

  /** Deletes side by side, with an upper bound on requests in flight. */
  deleteMany(keys: readonly ObjectKey[]): Promise<void>;

  /**
   * Copies one object over whatever is at `to`; on the server's side where the store can.
   * @returns the version of the copy, or undefined where there is nothing at `from`
   */
  copy(from: ObjectKey, to: ObjectKey): Promise<Version | undefined>;

  /**
   * Everything under a prefix, across pages of at most {@link LIST_PAGE} entries; a page is requested when it is needed.
   * Keys in byte order where they are ASCII; beyond ASCII no order is promised.
   */
  list(prefix: string, options?: ListOptions): AsyncIterable<ListedEntry>;

  /** What the store can do, and its time. Adapters remember their abilities: only the first call tries them out. */
  probe(): Promise<StoreProbe>;
}

/** Entries in one page of a listing: what S3 answers at most. */
export const LIST_PAGE = 1000;

/** `/`-separated, no leading slash, no step `.` or `..`, 1 to 1024 bytes of UTF-8 (S3 limit). */
export type ObjectKey = string;

/** Opaque mark of one stored body, the same in reads and listings; compare for equality only. */
export type Version = string;

/** `absent`: nothing is stored under the key. `version`: what is stored there has this version. */
export type WriteCondition = { readonly absent: true } | { readonly version: Version };

/** One object, whole. */
export interface StoredObject {
  readonly body: string;
  readonly version: Version;
  /** Milliseconds since the Unix epoch, by the store's clock; whole seconds on some stores. */
  readonly modifiedAt: number;
}

/** An object, nothing where there is none, or the reason why it cannot be read. */
export type ReadAnswer = StoredObject | UnreadableObjectError | undefined;

/** Which part of a listing. */
export interface ListOptions {
  /** Only keys that come after this one. Where it lies within a group rolled up by `delimiter`, that group may be left out. */
  readonly startAfter?: string | undefined;
  /** Keys that hold this text after the prefix are rolled up into one {@link ListedPrefix}. */
  readonly delimiter?: string | undefined;
  /** At most this many entries; asks the store for no more than that. */
  readonly limit?: number | undefined;
}

/** An object, or several rolled up. */
export type ListedEntry = ListedObject | ListedPrefix;

/** One object, without its body. */
export interface ListedObject {
  readonly key: ObjectKey;
  /** Bytes. */
  readonly size: number;
  readonly version: Version;
  readonly modifiedAt: number;
}

/** Several keys with one beginning, up to and including the delimiter. */
export interface ListedPrefix {
  readonly prefix: string;
}

/** What a store says of itself. */
export interface StoreProbe {
  /** The store's time now, in milliseconds since the Unix epoch. */
  readonly time: number;
  /** Of several creations of one key at once, exactly one wins. Without it only one process may write. */
  readonly createIfAbsent: boolean;
  /** A write can be made conditional on the version read before. Without it only one process may write what is no commit. */
  readonly compareAndSwap: boolean;
  /** {@link ObjectStore.copy} does not move the bytes through this process. */
  readonly serverSideCopy: boolean;
  /** Where the store is, fit to be shown to its operator: a folder, a bucket; never a secret. */
  readonly location: string;
}
