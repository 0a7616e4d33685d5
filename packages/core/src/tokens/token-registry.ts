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
import { markRevoked, readRevoked, withRevocations } from './revocations.ts';

const FRESH_MS = 5_000;
const MAX_ATTEMPTS = 50;
const SAME_BYTES_AGAIN = 5;

/** The tokens of a store, and what this process remembers of them. */
export interface TokenRegistry {
  /**
   * All tokens, as they were at most 5 seconds ago; those revoked anywhere count as revoked. No request while that is fresh; else a GET
   * beside a listing of the revocations, 1 round trip.
   * @throws {@link UnreadableObjectError} the registry is damaged
   */
  current(): Promise<Registry>;
  /**
   * Rewrites the registry, whatever others do meanwhile; from then on this process goes by what it wrote.
   *
   * Cost: a GET beside a listing of the revocations, what `apply` asks, 1 PUT; after a lost race again.
   * @param apply the new registry, or undefined where there is nothing to change. Asked again after a lost race or a lost answer: what it
   * changed before must be nothing to change then
   * @returns the registry after it
   */
  change(apply: (found: FoundRegistry) => Promise<Registry | undefined>): Promise<Registry>;
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
  /** At once here, whatever a reading that began before tells. */
  const revokedHere = new Set<string>();
  let known: { readonly registry: Promise<Registry>; readonly since: number } | undefined;

  async function read(): Promise<Found> {
    const [stored, revoked] = await Promise.all([store.get(REGISTRY_KEY), readRevoked(store)]);
    const registry = withRevocations(stored ? decodeRegistry(stored.body) : emptyRegistry, revoked);
    return { registry, only: stored ? { version: stored.version } : { absent: true } };
  }

  function current(): Promise<Registry> {
    const since = clock.monotonic();
    if (known && since - known.since < FRESH_MS) return known.registry;
    const reading = read().then(({ registry }) => registry);
    const mine = { registry: reading, since };
    known = mine;
    reading.catch(() => {
      if (known === mine) known = undefined;
    });
    return reading;
  }

  async function change(apply: Parameters<TokenRegistry['change']>[0]): Promise<Registry> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const since = clock.monotonic();
      const { registry, only } = await read();
      const now = await storeTime();
      const wanted = await apply({ ...registry, exists: 'version' in only, now });
      const after = wanted && withoutOldBadges(wanted, now);
      if (!after || (await write(encodeRegistry(after, newId()), only))) {
        known = { registry: Promise.resolve(after ?? registry), since };
        return after ?? registry;
      }
    }
    throw new WriteConflictError(REGISTRY_KEY);
  }

  /** @returns false where it is not known whether this was written, or others came first: the registry tells */
  async function write(body: string, only: WriteCondition): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      try {
        await store.put(REGISTRY_KEY, body, only);
        return true;
      } catch (error) {
        if (error instanceof WriteConflictError) return false;
        if (!(error instanceof StoreUnavailableError) || attempt === SAME_BYTES_AGAIN) throw error;
      }
    }
  }

  return {
    current: async () => withRevocations(await current(), revokedHere),
    change,
    async revoke(hashes) {
      await markRevoked(store, hashes);
      for (const hash of hashes) revokedHere.add(hash);
    },
  };
}
