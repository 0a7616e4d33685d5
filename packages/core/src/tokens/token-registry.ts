import { StoreUnavailableError, WriteConflictError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { NewId } from '../ports/ids.ts';
import type { ObjectStore, WriteCondition } from '../ports/object-store.ts';
import {
  decodeRegistry,
  emptyRegistry,
  encodeRegistry,
  REGISTRY_KEY,
  type Registry,
  withoutOldBadges,
} from './registry.ts';
import { createRegistryCache } from './registry-cache.ts';
import { markRevoked, readRevoked, withRevocations } from './revocations.ts';

const MAX_ATTEMPTS = 50;
const SAME_BYTES_AGAIN = 5;

/** The tokens of a store, and what this process remembers of them. */
export interface TokenRegistry {
  /**
   * All tokens, as they were at most 5 seconds ago; those revoked anywhere count as revoked. No request while that is fresh; else a GET
   * beside the revocations: a listing for every thousand tokens that were ever revoked, one after the other. 1 round trip up to a thousand.
   * @throws {@link UnreadableObjectError} the registry is damaged: nobody gets in
   */
  current(): Promise<Registry>;
  /**
   * Rewrites the registry, whatever others do meanwhile; from then on this process goes by what it wrote.
   *
   * Cost: a GET beside the revocations, as {@link TokenRegistry.current}; what `apply` asks; 1 PUT. After a lost race again.
   * @param apply the new registry, or undefined where there is nothing to change. Asked again after a lost race or a lost answer: what it
   * changed before must be nothing to change then, or do no harm when it is made again
   * @param attempts lost races after which it is given up; 50
   * @returns the registry after it
   * @throws {@link WriteConflictError} others came first so often
   * @throws {@link UnreadableObjectError} the registry is damaged: it stays as it is
   */
  change(apply: (found: FoundRegistry) => Promise<Registry | undefined>, attempts?: number): Promise<Registry>;
  /** Makes revocations that no rewrite of the registry undoes, from now on in this process. 1 PUT each. */
  revoke(hashes: readonly string[]): Promise<void>;
}

/** The registry as {@link TokenRegistry.change} finds it. */
export interface FoundRegistry extends Registry {
  /** Whether there is one. */
  readonly exists: boolean;
  /** Milliseconds since the Unix epoch, by the store's clock. */
  readonly now: number;
}

interface TokenRegistryParts {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly storeTime: () => Promise<number>;
}

interface Found {
  readonly registry: Registry;
  readonly only: WriteCondition;
}

/** The registry of tokens. No request: it need not exist. */
export function createTokenRegistry({ store, clock, newId, storeTime }: TokenRegistryParts): TokenRegistry {
  const cache = createRegistryCache(clock, async () => (await read(store)).registry);

  async function change(apply: Parameters<TokenRegistry['change']>[0], attempts = MAX_ATTEMPTS): Promise<Registry> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const since = clock.monotonic();
      const { registry, only } = await read(store);
      const now = await storeTime();
      const wanted = await apply({ ...registry, exists: 'version' in only, now });
      if (!wanted) {
        // What it was to make may have been made by a write whose answer was lost.
        if (attempt > 1) cache.forget();
        return registry;
      }
      const after = withoutOldBadges(wanted, now);
      const tookEffect = cache.writes(since);
      if (await put(encodeRegistry(after, newId()), only)) {
        tookEffect(after);
        return after;
      }
    }
    throw new WriteConflictError(REGISTRY_KEY);
  }

  /** @returns false where others came first, or this was written already: the registry tells */
  async function put(body: string, only: WriteCondition): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      try {
        await store.put(REGISTRY_KEY, body, only);
        return true;
      } catch (error) {
        if (error instanceof WriteConflictError) return false;
        cache.forget();
        if (!(error instanceof StoreUnavailableError) || attempt === SAME_BYTES_AGAIN) throw error;
      }
    }
  }

  return {
    current: () => cache.current(),
    change,
    async revoke(hashes) {
      await markRevoked(store, hashes);
      cache.forget();
    },
  };
}

async function read(store: ObjectStore): Promise<Found> {
  const [stored, revoked] = await Promise.all([store.get(REGISTRY_KEY), readRevoked(store)]);
  const registry = withRevocations(stored ? decodeRegistry(stored.body) : emptyRegistry, revoked);
  return { registry, only: stored ? { version: stored.version } : { absent: true } };
}
