import { z } from 'zod';
import { parseInstant } from '../notes/instant.ts';
import { sha256Hex } from '../text.ts';
import type { Permission } from './permission.ts';
import { highestPermission } from './permission.ts';
import { tokenHash } from './token-hash.ts';

/** Characters of a token that anybody presents, at most: longer ones are not ours. */
export const MAX_SECRET = 512;

const stored = z.looseObject({
  hash: tokenHash,
  /** Tokens older than badges have none; one of a kind nobody knows may be less than a token. */
  kind: z.enum(['standard', 'space_badge']).default('standard'),
  name: z.string(),
  email: z.string().nullish(),
  permissions: z.array(z.string()),
  space_ids: z.array(z.string()),
  created_at: z.string().nullish(),
  expires_at: z.string().nullish(),
  last_used_at: z.string().nullish(),
  revoked: z.boolean(),
});

/** A token as the registry holds it; fields of other programs stay in it. Field names are the stored ones. */
export interface StoredToken {
  /** `sha256:` and 64 hexadecimal digits: the token itself is stored nowhere. */
  readonly hash: string;
  readonly kind: 'standard' | 'space_badge';
  /** The agent: notes and commits bear this name. */
  readonly name: string;
  readonly email?: string | null | undefined;
  readonly permissions: readonly string[];
  readonly space_ids: readonly string[];
  /** ISO 8601. */
  readonly created_at?: string | null | undefined;
  /** ISO 8601; null or absent: never. */
  readonly expires_at?: string | null | undefined;
  readonly last_used_at?: string | null | undefined;
  readonly revoked: boolean;
}

/** Whether a token opens anything, and why not. */
export type TokenState = 'active' | 'expired' | 'revoked';

/** What is said of a token to an administrator. */
export interface TokenFacts {
  /** `sha256:` and 64 hexadecimal digits. */
  readonly hash: string;
  readonly kind: 'token' | 'badge';
  readonly name: string;
  readonly email: string;
  /** As they were given. */
  readonly permissions: readonly string[];
  readonly spaces: readonly string[];
  readonly state: TokenState;
  readonly createdAt: string;
  readonly expiresAt?: string | undefined;
  readonly lastUsedAt?: string | undefined;
}

/** One entry of the registry; undefined where it is none that can be read: it opens nothing, and stays as it is. */
export function readToken(entry: unknown): StoredToken | undefined {
  return stored.safeParse(entry).data;
}

/** What a token is stored as. */
export function hashOfToken(secret: string): string {
  return `sha256:${sha256Hex(secret)}`;
}

/** @param now milliseconds since the Unix epoch. An end that cannot be read is past. */
export function stateOf({ revoked, expires_at }: StoredToken, now: number): TokenState {
  if (revoked) return 'revoked';
  if (expires_at === null || expires_at === undefined) return 'active';
  return (parseInstant(expires_at) ?? 0) > now ? 'active' : 'expired';
}

/** The highest permission of a token; undefined: none. */
export function permissionOf({ permissions }: StoredToken): Permission | undefined {
  return highestPermission(permissions);
}

/** What is said of a token, as of `now` in milliseconds since the Unix epoch. */
export function factsOf(token: StoredToken, now: number): TokenFacts {
  const { hash, kind, name, email, permissions, space_ids, created_at, expires_at, last_used_at } = token;
  return {
    hash,
    kind: kind === 'space_badge' ? 'badge' : 'token',
    name,
    email: email ?? '',
    permissions,
    spaces: space_ids,
    state: stateOf(token, now),
    createdAt: created_at ?? '',
    ...(expires_at ? { expiresAt: expires_at } : {}),
    ...(last_used_at ? { lastUsedAt: last_used_at } : {}),
  };
}
