import {
  InvalidInputError,
  LiveMemoryError,
  UnauthenticatedError,
  UnreadableObjectError,
  UnreadableTokensError,
} from '../errors.ts';
import type { Parts } from '../log/open-space.ts';
import { formatInstant, parseInstant } from '../notes/instant.ts';
import { allow, type Caller } from './caller.ts';
import { withToken } from './find-token.ts';
import type { Permission } from './permission.ts';
import type { Registry } from './registry.ts';
import { hashOfToken, MAX_SECRET, permissionOf, type StoredToken, stateOf } from './token.ts';

const HOUR = 3_600_000;
const LEAST_BOOTSTRAP_KEY = 32;

/**
 * Who presents this token. Unknown, expired and revoked ones are answered alike.
 *
 * Cost: nothing while the registry was read within 5 seconds, else see {@link TokenRegistry.current}; once an hour for each token, its last use
 * is noted: one {@link TokenRegistry.change} more, never a reason to refuse.
 * @throws {@link UnauthenticatedError}
 * @throws {@link UnreadableTokensError} the registry is damaged
 */
export type Authenticate = (secret: string) => Promise<Caller>;

/**
 * {@link Authenticate}, then {@link allow}: whether this token may do that, and there. A revocation counts at once in the process that made
 * it, within 5 seconds in others. Cost: as {@link Authenticate}.
 * @throws {@link UnauthenticatedError}
 * @throws {@link SpaceNotFoundError} the space is not on the token's list, whether it exists or not
 * @throws {@link ForbiddenError}
 */
export type Authorize = (secret: string, permission: Permission, space?: string) => Promise<Caller>;

/** See {@link Authenticate}. @param bootstrapKey at least 32 characters */
export function createAuthenticate(parts: Parts, bootstrapKey: string | undefined): Authenticate {
  const bootstrapHash = bootstrapKey === undefined ? undefined : hashOfKey(bootstrapKey);
  const notedAt = new Map<string, number>();
  return async function authenticate(secret) {
    if (typeof secret !== 'string' || secret === '' || secret.length > MAX_SECRET) throw new UnauthenticatedError();
    const hash = hashOfToken(secret);
    if (hash === bootstrapHash) return bootstrapCaller;
    const token = byHash(await currentTokens(parts)).get(hash);
    const now = await parts.storeTime();
    if (!token || stateOf(token, now) !== 'active') throw new UnauthenticatedError();
    await noteUse(parts, token, now, notedAt);
    return callerOf(token);
  };
}

/** See {@link Authorize}. */
export function createAuthorize(authenticate: Authenticate): Authorize {
  return async function authorize(secret, permission, space) {
    const caller = await authenticate(secret);
    allow(caller, permission, space);
    return caller;
  };
}

/** @throws {@link UnreadableTokensError} */
async function currentTokens({ tokens }: Parts): Promise<Registry> {
  try {
    return await tokens.current();
  } catch (cause) {
    throw cause instanceof UnreadableObjectError ? new UnreadableTokensError({ cause }) : cause;
  }
}

/** The key from the environment opens nothing but the creation of the first administrator. */
const bootstrapCaller: Caller = { kind: 'bootstrap', name: 'bootstrap', permission: undefined, spaces: new Set() };

function hashOfKey(key: string): string {
  if (key.length >= LEAST_BOOTSTRAP_KEY && key.length <= MAX_SECRET) return hashOfToken(key);
  const message = `takes ${LEAST_BOOTSTRAP_KEY} to ${MAX_SECRET} characters`;
  throw new InvalidInputError([{ at: 'bootstrapKey', message }]);
}

function callerOf(token: StoredToken): Caller {
  return {
    kind: token.kind === 'space_badge' ? 'badge' : 'token',
    name: token.name,
    permission: permissionOf(token),
    spaces: new Set(token.space_ids),
    tokenHash: token.hash,
  };
}

const indexes = new WeakMap<Registry, ReadonlyMap<string, StoredToken>>();

function byHash(registry: Registry): ReadonlyMap<string, StoredToken> {
  const known = indexes.get(registry) ?? new Map(registry.tokens.map((token) => [token.hash, token]));
  indexes.set(registry, known);
  return known;
}

/** At most hourly, and never in the way of the call. */
async function noteUse(
  { tokens, logger }: Parts,
  { hash, last_used_at: last }: StoredToken,
  now: number,
  notedAt: Map<string, number>,
): Promise<void> {
  const known = Math.max(parseInstant(last ?? '') ?? 0, notedAt.get(hash) ?? 0);
  if (now - known < HOUR) return;
  notedAt.set(hash, now);
  try {
    // One attempt: others who write do what matters more.
    await tokens.change(async (found) => {
      const token = found.tokens.find((one) => one.hash === hash);
      const isNoted = now - (parseInstant(token?.last_used_at ?? '') ?? 0) < HOUR;
      return !token || isNoted ? undefined : withToken(found, { ...token, last_used_at: formatInstant(now) });
    }, 1);
  } catch (cause) {
    if (!(cause instanceof LiveMemoryError)) throw cause;
    logger.warn('the last use of a token could not be noted', { cause });
  }
}
