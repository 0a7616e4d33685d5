import { base64urlnopad } from '@scure/base';
import { z } from 'zod';
import { AT_ONCE, mapAtMost } from '../concurrency.ts';
import { ForbiddenError, SpaceNotFoundError, TooLargeError } from '../errors.ts';
import { existingHead } from '../log/existing-head.ts';
import type { Parts } from '../log/open-space.ts';
import { formatInstant } from '../notes/instant.ts';
import { listSpaceIds } from '../spaces/list-space-ids.ts';
import { validate } from '../validate.ts';
import { includesPermission } from './permission.ts';
import { hashOfToken, permissionOf, type StoredToken, stateOf } from './token.ts';
import { daysToLive, MAX_SPACES, permissionNames, spacesOrAll, tokenEmail, tokenName } from './token-input.ts';
import type { FoundRegistry } from './token-registry.ts';

const DAY = 86_400_000;
const MAX_TOKENS = 10_000;
const TOKEN_BYTES = 32;

/** What {@link CreateToken} takes. */
export interface CreateTokenInput {
  /** The agent: notes and commits bear this name. One line of 1 to 100 characters. */
  readonly name: string;
  /** `read`, `write`, `manage`, `admin`; each includes those before it. */
  readonly permissions: readonly string[];
  /** The spaces it may enter, 1,000 at most; `all`: those there are today. None: no access, also for an administrator. */
  readonly spaces?: readonly string[] | 'all' | undefined;
  /** 0, the default: never; 36,500 at most. */
  readonly expiresInDays?: number | undefined;
  /** Whom to ask about it. */
  readonly email?: string | undefined;
}

/** A new token; it is told this once, and stored nowhere. */
export interface CreatedToken {
  /** `lm_` and 43 characters. */
  readonly token: string;
  /** `sha256:` and 64 hexadecimal digits: what the token is listed under. */
  readonly hash: string;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly spaces: readonly string[];
  /** ISO 8601; absent: never. */
  readonly expiresAt?: string | undefined;
  /** Where it can do nothing yet, in one sentence. */
  readonly warning?: string | undefined;
}

/**
 * Makes a token. Cost: see {@link TokenRegistry.change}; the heads of the spaces named, side by side, and for `all` a listing of them.
 * @throws {@link SpaceNotFoundError} one of the spaces does not exist
 * @throws {@link TooLargeError} there are 10,000 tokens, or for `all` more than 1,000 spaces
 */
export type CreateToken = (input: CreateTokenInput) => Promise<CreatedToken>;

/**
 * Makes the first administrator; only while there is no active one. Cost: see {@link TokenRegistry.change}.
 * @throws {@link ForbiddenError} there is one
 */
export type CreateFirstToken = (
  input: Pick<CreateTokenInput, 'name' | 'email' | 'expiresInDays'>,
) => Promise<CreatedToken>;

const described = { name: tokenName, email: tokenEmail.default(''), expiresInDays: daysToLive.default(0) };

/** See {@link CreateToken}. */
export function createCreateToken(parts: Parts): CreateToken {
  const inputSchema = z.strictObject({ ...described, permissions: permissionNames, spaces: spacesOrAll.default([]) });
  return async function createToken(input) {
    const { spaces, ...rest } = validate(inputSchema, input);
    return addToken(parts, rest, () => existingSpaces(parts, spaces));
  };
}

/** See {@link CreateFirstToken}. */
export function createCreateFirstToken(parts: Parts): CreateFirstToken {
  const inputSchema = z.strictObject(described);
  return async function createFirstToken(input) {
    const rest = { ...validate(inputSchema, input), permissions: ['admin'] as const };
    return addToken(parts, rest, async ({ tokens, now }) => {
      const isAdmin = (token: StoredToken): boolean =>
        includesPermission(permissionOf(token), 'admin') && stateOf(token, now) === 'active';
      if (tokens.some(isAdmin)) throw new ForbiddenError('there is an administrator already: ask for a token there');
      return [];
    });
  };
}

interface NewToken {
  readonly name: string;
  readonly email: string;
  readonly permissions: readonly string[];
  readonly expiresInDays: number;
}

async function addToken(
  parts: Parts,
  { name, email, permissions, expiresInDays }: NewToken,
  spacesOf: (found: FoundRegistry) => Promise<readonly string[]>,
): Promise<CreatedToken> {
  const token = newSecret(parts);
  const hash = hashOfToken(token);
  const after = await parts.tokens.change(async (found) => {
    if (found.tokens.some((one) => one.hash === hash)) return undefined;
    refuseTooMany(found);
    const ends = expiresInDays === 0 ? null : formatInstant(found.now + expiresInDays * DAY);
    const entry = entryOf(
      { hash, name, email, permissions, space_ids: await spacesOf(found), expires_at: ends },
      found.now,
    );
    return { ...found, tokens: [...found.tokens, entry] };
  });
  const made = after.tokens.find((one) => one.hash === hash);
  const spaces = made?.space_ids ?? [];
  const isMute = spaces.length === 0 && !permissions.includes('admin');
  return {
    token,
    hash,
    name,
    permissions,
    spaces,
    ...(made?.expires_at ? { expiresAt: made.expires_at } : {}),
    ...(isMute ? { warning: 'this token may enter no space yet: add one, or let it create its own' } : {}),
  };
}

/** A new entry of the registry. @param now milliseconds since the Unix epoch */
export function entryOf(
  facts: Pick<StoredToken, 'hash' | 'name' | 'email' | 'permissions' | 'space_ids' | 'expires_at'> & {
    readonly kind?: StoredToken['kind'];
  },
  now: number,
): StoredToken {
  return { kind: 'standard', ...facts, created_at: formatInstant(now), last_used_at: null, revoked: false };
}

/** `lm_` and 32 random bytes, as the Python service writes them. */
export function newSecret({ randomBytes }: Parts): string {
  return `lm_${base64urlnopad.encode(randomBytes(TOKEN_BYTES))}`;
}

/** @throws {@link TooLargeError} */
export function refuseTooMany({ tokens }: FoundRegistry): void {
  if (tokens.length < MAX_TOKENS) return;
  throw new TooLargeError(`there are ${MAX_TOKENS} tokens: purge the revoked ones first`);
}

/**
 * Spaces that a token is to name, each once. They must exist after the registry was read: else one that is deleted meanwhile could
 * be added after it was taken out of all tokens, and its next owner would have a stranger in it.
 * @throws {@link SpaceNotFoundError}
 * @throws {@link TooLargeError} there are more than a token may enter
 */
export async function existingSpaces(parts: Parts, wanted: readonly string[] | 'all'): Promise<readonly string[]> {
  const ids = wanted === 'all' ? await listSpaceIds(parts) : [...new Set(wanted)];
  const found = await mapAtMost(ids, AT_ONCE, async (id) => {
    try {
      await existingHead(parts, parts.open(id));
      return [id];
    } catch (error) {
      if (wanted === 'all' && error instanceof SpaceNotFoundError) return [];
      throw error;
    }
  });
  const spaces = found.flat();
  if (spaces.length <= MAX_SPACES) return spaces;
  throw new TooLargeError(`a token enters ${MAX_SPACES} spaces at most`);
}
