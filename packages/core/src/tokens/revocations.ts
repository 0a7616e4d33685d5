import { AT_ONCE, mapAtMost } from '../concurrency.ts';
import { putIfAbsent } from '../log/put-if-absent.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Registry } from './registry.ts';

const PREFIX = '_system/revoked/';

/** Hashes of all tokens that were ever revoked: none is ever taken away. A listing for every thousand, one after the other. */
export async function readRevoked(store: ObjectStore): Promise<ReadonlySet<string>> {
  const hashes = new Set<string>();
  for await (const entry of store.list(PREFIX)) {
    if ('key' in entry) hashes.add(`sha256:${entry.key.slice(PREFIX.length)}`);
  }
  return hashes;
}

/** A revocation is an object of its own: no rewrite of the registry, by whatever program, takes it back. 1 PUT each. */
export async function markRevoked(store: ObjectStore, hashes: readonly string[]): Promise<void> {
  await mapAtMost(hashes, AT_ONCE, (hash) => putIfAbsent(store, PREFIX + hash.replace('sha256:', ''), ''));
}

/** What the registry says, but for those revoked since. */
export function withRevocations(registry: Registry, revoked: ReadonlySet<string>): Registry {
  if (!registry.tokens.some(({ hash, revoked: is }) => !is && revoked.has(hash))) return registry;
  const tokens = registry.tokens.map((token) => (revoked.has(token.hash) ? { ...token, revoked: true } : token));
  return { ...registry, tokens };
}
