import { type BoundedCache, createBoundedCache } from '../bounded-cache.ts';
import type { StoredNote } from '../notes/note.ts';
import type { Clock } from '../ports/clock.ts';
import type { NewId } from '../ports/ids.ts';
import type { Logger } from '../ports/logger.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { RandomBytes } from '../ports/random-bytes.ts';
import { createTokenRegistry, type TokenRegistry } from '../tokens/token-registry.ts';
import { createSpaceLog, type SpaceLog } from './space-log.ts';
import { createStoreTime } from './store-time.ts';
import { createStoredDocuments, type StoredDocuments } from './stored-documents.ts';

const CACHED_SPACES = 1_000;
const CACHED_TEXT = 48 * 1024 * 1024;

/** What every use case works with. */
export interface Parts {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly logger: Logger;
  readonly randomBytes: RandomBytes;
  /** Milliseconds since the Unix epoch, by the store's clock. */
  readonly storeTime: () => Promise<number>;
  readonly tokens: TokenRegistry;
  /** The space as this process knows it. No request: it need not exist. */
  readonly open: (space: string) => OpenSpace;
  /** Forgets all that this process remembers of a space, and all texts. No request. */
  readonly forget: (space: string) => void;
}

/** One space, with what this process remembers of it. */
export interface OpenSpace {
  readonly id: string;
  readonly log: SpaceLog;
  readonly documents: StoredDocuments;
  /** Notes read before, by file name. Notes never change. */
  readonly notes: BoundedCache<string, StoredNote>;
  /** What a whole listing of the notes showed last, and when it began (store's time). */
  lastListing: { readonly at: number; readonly filenames: Pick<ReadonlySet<string>, 'has'> } | undefined;
  /** Whether this process has read of the bank before. */
  wasLookedAt: boolean;
  /** Changes made by this process go one after another: they would only take each other's numbers. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

/** The ports a memory is made of. */
export type PortParts = Pick<Parts, 'store' | 'clock' | 'newId' | 'logger' | 'randomBytes'>;

/** Puts the ports together with what is remembered of each space. */
export function createParts(ports: PortParts): Parts {
  const { store, clock, newId, logger } = ports;
  const spaces = createBoundedCache<string, OpenSpace>(CACHED_SPACES, () => 1);
  const texts = createBoundedCache<string, string>(CACHED_TEXT, (text) => text.length);
  function open(id: string): OpenSpace {
    const known = spaces.get(id);
    if (known) return known;
    const space: OpenSpace = {
      id,
      log: createSpaceLog({ store, clock }, id),
      documents: createStoredDocuments({ store, texts, logger }, id),
      notes: createBoundedCache(CACHED_TEXT / 2, ({ text }) => 2 * text.length + 200),
      lastListing: undefined,
      wasLookedAt: false,
      inTurn: createTurns(),
    };
    spaces.set(id, space);
    return space;
  }
  function forget(id: string): void {
    spaces.delete(id);
    texts.clear();
  }
  const storeTime = createStoreTime(store, clock);
  return { ...ports, storeTime, tokens: createTokenRegistry({ store, clock, newId, storeTime }), open, forget };
}

function createTurns(): OpenSpace['inTurn'] {
  let last: Promise<unknown> = Promise.resolve();
  return function inTurn(work) {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
