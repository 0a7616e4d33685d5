import { z } from 'zod';
import { ForbiddenError, TooLargeError, UnauthenticatedError } from '../errors.ts';
import { existingHead } from '../log/existing-head.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { creatorOf, readMeta } from '../log/space-meta.ts';
import { formatInstant } from '../notes/instant.ts';
import { spaceId } from '../spaces/space.ts';
import { validate } from '../validate.ts';
import { allow, anyCaller, type Caller } from './caller.ts';
import { entryOf, newSecret, refuseTooMany } from './create-token.ts';
import { hashOfToken, permissionOf, type StoredToken, stateOf } from './token.ts';
import { tokenName } from './token-input.ts';
import type { FoundRegistry } from './token-registry.ts';

const DAY = 86_400_000;
const MAX_BADGES = 50;

/** What {@link MintBadge} takes. */
export interface MintBadgeInput {
  readonly space: string;
  /** The agent that gets it: notes bear this name. */
  readonly agent: string;
  /** Who asks: the token that created the space, or whoever holds the store. */
  readonly caller: Caller;
}

/** A badge; it is told this once. */
export interface MintedBadge {
  readonly token: string;
  readonly hash: string;
  /** ISO 8601: 24 hours from now. */
  readonly expiresAt: string;
  /** Whether the agent had an active one for this space, which is ended. */
  readonly replaced: boolean;
}

/**
 * Makes a badge: a token that may read and write in one space, for one agent, for 24 hours. 50 are active in a space at most.
 * Cost: the head and `_meta.json`, then see {@link TokenRegistry.change}; 1 PUT more where one is replaced.
 * @throws {@link SpaceNotFoundError}
 * @throws {@link UnauthenticatedError} the caller's token ended meanwhile
 * @throws {@link ForbiddenError} the caller did not create the space
 * @throws {@link TooLargeError} 50 badges are active
 */
export type MintBadge = (input: MintBadgeInput) => Promise<MintedBadge>;

const inputSchema = z.strictObject({ space: spaceId, agent: tokenName, caller: anyCaller });

/** See {@link MintBadge}. */
export function createMintBadge(parts: Parts): MintBadge {
  return async function mintBadge(input) {
    const { space: id, agent, caller } = validate(inputSchema, input);
    allow(caller, 'write', id);
    const space = parts.open(id);
    const token = newSecret(parts);
    const hash = hashOfToken(token);
    const replaced = new Set<string>();
    const after = await parts.tokens.change(async (found) => {
      if (found.tokens.some((one) => one.hash === hash)) return undefined;
      refuseTooMany(found);
      refuseEnded(found, caller, id);
      await refuseStranger(parts, space, caller);
      const active = found.tokens.filter((one) => isActiveBadge(one, id, found.now));
      const old = active.filter(({ name }) => name === agent);
      if (active.length - old.length >= MAX_BADGES)
        throw new TooLargeError(`${MAX_BADGES} badges are active in this space: wait for one to end, or revoke one`);
      // Before the registry says so: what is replaced must not come back with a registry that another program had read before.
      await parts.tokens.revoke(old.map(({ hash: one }) => one));
      for (const one of old) replaced.add(one.hash);
      return withBadge(found, id, { agent, hash, replaced });
    });
    const expiresAt = after.tokens.find((one) => one.hash === hash)?.expires_at ?? '';
    return { token, hash, expiresAt, replaced: replaced.size > 0 };
  };
}

/** By the registry as it is now: else a token that ended seconds ago, elsewhere, would leave a badge that lives on for a day. */
function refuseEnded({ tokens, now }: FoundRegistry, caller: Caller, space: string): void {
  if (caller.tokenHash === undefined) return;
  const token = tokens.find(({ hash }) => hash === caller.tokenHash);
  if (!token || stateOf(token, now) !== 'active') throw new UnauthenticatedError();
  allow({ ...caller, permission: permissionOf(token), spaces: new Set(token.space_ids) }, 'write', space);
}

/** The head is read after the registry, so that no badge outlives a space that is deleted meanwhile. */
async function refuseStranger(parts: Parts, space: OpenSpace, caller: Caller): Promise<void> {
  await existingHead(parts, space);
  if (caller.kind === 'owner') return;
  const creator = creatorOf(await readMeta(parts, space));
  if (caller.kind === 'token' && creator !== undefined && creator === caller.tokenHash) return;
  throw new ForbiddenError('only the token that created a space makes badges for it');
}

function withBadge(
  found: FoundRegistry,
  space: string,
  { agent, hash, replaced }: { readonly agent: string; readonly hash: string; readonly replaced: ReadonlySet<string> },
): FoundRegistry {
  const ended = found.tokens.map((token) => (replaced.has(token.hash) ? { ...token, revoked: true } : token));
  const facts = { hash, name: agent, email: '', permissions: ['read', 'write'], space_ids: [space] };
  const badge = entryOf({ ...facts, kind: 'space_badge', expires_at: formatInstant(found.now + DAY) }, found.now);
  return { ...found, tokens: [...ended, badge] };
}

function isActiveBadge(token: StoredToken, space: string, now: number): boolean {
  return token.kind === 'space_badge' && token.space_ids.includes(space) && stateOf(token, now) === 'active';
}
