import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { StoreRefusedError, UnreadableObjectError, WriteConflictError } from '../errors.ts';
import { checkObjectBody, checkObjectKey } from '../ports/object-key.ts';
import type {
  ObjectKey,
  ObjectStore,
  ReadAnswer,
  StoredObject,
  StoreProbe,
  Version,
  WriteCondition,
} from '../ports/object-store.ts';
import { listPages } from './list-pages.ts';
import { createSortedKeys } from './sorted-keys.ts';

/** How {@link createMemoryObjectStore} differs from a plain one. */
export interface MemoryObjectStoreOptions {
  /** The store's clock, in milliseconds since the Unix epoch; the machine's unless given. */
  readonly now?: (() => number) | undefined;
  /**
   * Draws the version of what is written. Unless given it is a hash of the body, as on S3: a body that comes back has the
   * version it had before, which is the harder case.
   * @param writes how many writes there were before
   */
  readonly version?: ((bytes: Uint8Array, writes: number) => Version) | undefined;
  /** Abilities the store shall do without: it then refuses the conditions, as a store without them must. */
  readonly without?: readonly MemoryStoreAbility[] | undefined;
}

/** What a poorer store may lack. */
export type MemoryStoreAbility = 'createIfAbsent' | 'compareAndSwap' | 'serverSideCopy';

/** A store in memory, with a way in for bytes that no text has. */
export interface MemoryObjectStore extends ObjectStore {
  /** Stores bytes as they are, UTF-8 or not. */
  setBytes(key: ObjectKey, bytes: Uint8Array): void;
}

/** What is kept of one object. `body` is undefined where the bytes are not UTF-8. */
interface Held {
  readonly body: string | undefined;
  readonly bytes: Uint8Array;
  readonly version: Version;
  readonly modifiedAt: number;
}

/** The reference adapter: every promise of {@link ObjectStore}, kept in memory. Each method acts at once, as one step. */
export function createMemoryObjectStore(options: MemoryObjectStoreOptions = {}): MemoryObjectStore {
  const { now = Date.now, version = hashOf, without = [] } = options;
  const objects = new Map<ObjectKey, Held>();
  const keys = createSortedKeys();
  let writes = 0;

  function write(key: ObjectKey, body: string | undefined, bytes: Uint8Array): Version {
    const held: Held = { body, bytes, version: version(bytes, writes), modifiedAt: now() };
    writes += 1;
    objects.set(key, held);
    keys.add(key);
    return held.version;
  }

  function read(key: ObjectKey): ReadAnswer {
    checkObjectKey(key);
    const held = objects.get(key);
    return held && toStored(key, held);
  }

  function remove(key: ObjectKey): void {
    checkObjectKey(key);
    objects.delete(key);
    keys.remove(key);
  }

  async function get(key: ObjectKey): Promise<StoredObject | undefined> {
    const answer = read(key);
    if (answer instanceof UnreadableObjectError) throw answer;
    return answer;
  }

  async function put(key: ObjectKey, body: string, only?: WriteCondition): Promise<Version> {
    checkObjectKey(key);
    checkObjectBody(body);
    if (only) refuseUnable(only, without);
    if (only && !holds(only, objects.get(key))) throw new WriteConflictError(key);
    return write(key, body, new TextEncoder().encode(body));
  }

  async function copy(from: ObjectKey, to: ObjectKey): Promise<Version | undefined> {
    checkObjectKey(from);
    checkObjectKey(to);
    const held = objects.get(from);
    return held && write(to, held.body, held.bytes);
  }

  const able = (ability: MemoryStoreAbility): boolean => !without.includes(ability);
  return {
    get,
    getMany: async (wanted) => wanted.map(read),
    put,
    delete: async (key) => remove(key),
    deleteMany: async (unwanted) => unwanted.forEach(remove),
    copy,
    list: (prefix, listing = {}) =>
      listPages(keys, prefix, listing, (key) => {
        const held = objects.get(key);
        return held && { key, size: held.bytes.length, version: held.version, modifiedAt: held.modifiedAt };
      }),
    probe: async (): Promise<StoreProbe> => ({
      time: now(),
      createIfAbsent: able('createIfAbsent'),
      compareAndSwap: able('compareAndSwap'),
      serverSideCopy: able('serverSideCopy'),
      location: 'memory',
    }),
    setBytes(key, bytes) {
      checkObjectKey(key);
      write(key, decode(bytes), bytes);
    },
  };
}

function hashOf(bytes: Uint8Array): Version {
  return bytesToHex(sha256(bytes).subarray(0, 16));
}

function toStored(key: ObjectKey, { body, version, modifiedAt }: Held): StoredObject | UnreadableObjectError {
  return body === undefined ? new UnreadableObjectError(key, 'not UTF-8') : { body, version, modifiedAt };
}

function holds(only: WriteCondition, held: Held | undefined): boolean {
  return 'absent' in only ? held === undefined : held?.version === only.version;
}

function refuseUnable(only: WriteCondition, without: readonly MemoryStoreAbility[]): void {
  const ability = 'absent' in only ? 'createIfAbsent' : 'compareAndSwap';
  if (without.includes(ability)) throw new StoreRefusedError(`this store was made without ${ability}`);
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
