import { z } from 'zod';
import { UnreadableObjectError } from '../errors.ts';
import { parseJson } from '../json.ts';
import { parseInstant } from '../notes/instant.ts';
import type { ObjectKey } from '../ports/object-store.ts';
import { reasonOf } from '../validate.ts';
import { readToken, type StoredToken } from './token.ts';

/** Where the tokens are, by hash. */
export const REGISTRY_KEY: ObjectKey = '_system/tokens.json';

const BADGE_KEPT_MS = 30 * 86_400_000;
const schema = z.looseObject({ tokens: z.array(z.unknown()) });

/** All tokens of a store. */
export interface Registry {
  readonly tokens: readonly StoredToken[];
  /** Entries that cannot be read: they open nothing and are kept. */
  readonly unreadable: readonly unknown[];
  /** Fields of the file that are not ours. */
  readonly rest: Readonly<Record<string, unknown>>;
}

/** No tokens. */
export const emptyRegistry: Registry = { tokens: [], unreadable: [], rest: {} };

/** @throws {@link UnreadableObjectError} no registry: then nobody gets in, and nothing is written over it */
export function decodeRegistry(text: string): Registry {
  const read = schema.safeParse(parseJson(REGISTRY_KEY, text));
  if (!read.success) throw new UnreadableObjectError(REGISTRY_KEY, reasonOf(read.error));
  const { tokens: entries, ...rest } = read.data;
  const tokens: StoredToken[] = [];
  const unreadable: unknown[] = [];
  for (const entry of entries) {
    const token = readToken(entry);
    if (token) tokens.push(token);
    else unreadable.push(entry);
  }
  return { tokens, unreadable, rest };
}

/**
 * The registry as it is stored. No two bodies are the same, so that a version which is made of the body tells them apart.
 * @param nonce drawn for this write
 */
export function encodeRegistry({ tokens, unreadable, rest }: Registry, nonce: string): string {
  return `${JSON.stringify({ version: 1, ...rest, nonce, tokens: [...tokens, ...unreadable] }, null, 2)}\n`;
}

/** Without badges that ended 30 days ago: they would pile up. @param now milliseconds since the Unix epoch */
export function withoutOldBadges(registry: Registry, now: number): Registry {
  const isOld = ({ kind, expires_at }: StoredToken): boolean =>
    kind === 'space_badge' && (parseInstant(expires_at ?? '') ?? now) < now - BADGE_KEPT_MS;
  return { ...registry, tokens: registry.tokens.filter((token) => !isOld(token)) };
}
