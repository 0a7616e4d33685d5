import { z } from 'zod';
import { InvalidInputError, TokenNotFoundError, TooLargeError } from '../errors.ts';
import type { Parts } from '../log/open-space.ts';
import { spaceId } from '../spaces/space.ts';
import { validate } from '../validate.ts';
import { existingSpaces } from './create-token.ts';
import { findToken } from './find-token.ts';
import { matchesToken } from './matches-token.ts';
import type { Registry } from './registry.ts';
import { factsOf, type StoredToken, type TokenFacts } from './token.ts';
import {
  hashPrefix,
  MAX_SPACES,
  nameContains,
  permissionNames,
  spaceIds,
  spacesOrAll,
  tokenEmail,
  tokenName,
} from './token-input.ts';

/** What is to be changed of tokens; what is absent stays. */
export interface TokenChanges {
  readonly permissions?: readonly string[] | undefined;
  readonly email?: string | undefined;
  readonly spacesAdd?: readonly string[] | undefined;
  readonly spacesRemove?: readonly string[] | undefined;
}

/** What {@link UpdateToken} takes. */
export interface UpdateTokenInput extends TokenChanges {
  /** At least 16 hexadecimal digits. */
  readonly hash: string;
  /** All its spaces from now on; `all`: those of today. Not together with `spacesAdd` or `spacesRemove`. */
  readonly spaces?: readonly string[] | 'all' | undefined;
}

/** A token before and after a change. */
export interface UpdatedToken {
  readonly before: TokenFacts;
  readonly after: TokenFacts;
  /** Spaces it may enter now, and could not before. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What {@link UpdateTokens} takes: whose tokens, all that is given must hold, and at least one must be. */
export interface UpdateTokensInput extends TokenChanges {
  readonly names?: readonly string[] | undefined;
  /** In whatever case. */
  readonly nameContains?: string | undefined;
  readonly hasSpace?: string | undefined;
  /** Absent: no. */
  readonly includeRevoked?: boolean | undefined;
}

/**
 * Changes what a token may do, and where. Cost: see {@link TokenRegistry.change}, and the heads of the spaces added, side by side.
 * @throws {@link TokenNotFoundError}
 * @throws {@link SpaceNotFoundError} a space to be added does not exist
 * @throws {@link TooLargeError} it would enter more than 1,000 spaces
 */
export type UpdateToken = (input: UpdateTokenInput) => Promise<UpdatedToken>;

/** Changes many tokens in one write. Cost and errors: as {@link UpdateToken}. */
export type UpdateTokens = (input: UpdateTokensInput) => Promise<readonly UpdatedToken[]>;

const changeFields = {
  permissions: permissionNames.optional(),
  email: tokenEmail.optional(),
  spacesAdd: spaceIds.default([]),
  spacesRemove: spaceIds.default([]),
};

/** See {@link UpdateToken}. */
export function createUpdateToken(parts: Parts): UpdateToken {
  const inputSchema = z.strictObject({ ...changeFields, hash: hashPrefix, spaces: spacesOrAll.optional() });
  return async function updateToken(input) {
    const { hash, spaces, ...changes } = validate(inputSchema, input);
    if (spaces !== undefined && changes.spacesAdd.length + changes.spacesRemove.length > 0)
      refuse('spaces', 'say either all spaces, or those to add and to remove');
    const [updated] = await updateAll(parts, (found) => [findToken(found, hash)], { ...changes, spaces });
    if (!updated) throw new TokenNotFoundError('this token was deleted meanwhile');
    return updated;
  };
}

/** See {@link UpdateTokens}. */
export function createUpdateTokens(parts: Parts): UpdateTokens {
  const inputSchema = z.strictObject({
    ...changeFields,
    names: z.array(tokenName).max(1_000).optional(),
    nameContains: nameContains.optional(),
    hasSpace: spaceId.optional(),
    includeRevoked: z.boolean().default(false),
  });
  return async function updateTokens(input) {
    const { names, nameContains: part, hasSpace, includeRevoked, ...changes } = validate(inputSchema, input);
    if (!names && !part && hasSpace === undefined) refuse('names', 'say whose tokens: names, nameContains or hasSpace');
    const named = names && new Set(names);
    const matches = matchesToken({ nameContains: part, hasSpace, includeRevoked });
    const isMeant = (token: StoredToken): boolean => (!named || named.has(token.name)) && matches(token);
    return updateAll(parts, ({ tokens }) => tokens.filter(isMeant), changes);
  };
}

interface Changes extends TokenChanges {
  readonly spacesAdd: readonly string[];
  readonly spacesRemove: readonly string[];
  readonly spaces?: readonly string[] | 'all' | undefined;
}

async function updateAll(
  parts: Parts,
  choose: (found: Registry) => readonly StoredToken[],
  changes: Changes,
): Promise<UpdatedToken[]> {
  // Asked again after a lost race, the tokens must be those chosen first: the change may have made them match no more.
  const before = new Map<string, StoredToken>();
  const after = await parts.tokens.change(async (found) => {
    if (before.size === 0) for (const token of choose(found)) before.set(token.hash, token);
    const set = changes.spaces && (await existingSpaces(parts, changes.spaces));
    const added = await existingSpaces(parts, changes.spacesAdd);
    const tokens = found.tokens.map((token) => (before.has(token.hash) ? changed(token, changes, set, added) : token));
    const isSame = tokens.every((token, at) => JSON.stringify(token) === JSON.stringify(found.tokens[at]));
    return isSame ? undefined : { ...found, tokens };
  });
  const now = await parts.storeTime();
  return after.tokens.flatMap((token) => {
    const old = before.get(token.hash);
    return old ? [difference(factsOf(old, now), factsOf(token, now))] : [];
  });
}

function changed(
  token: StoredToken,
  { permissions, email, spacesRemove }: Changes,
  set: readonly string[] | undefined,
  added: readonly string[],
): StoredToken {
  const wanted = new Set([...(set ?? token.space_ids), ...added]);
  for (const id of spacesRemove) wanted.delete(id);
  const spaces = [...wanted];
  if (spaces.length > Math.max(MAX_SPACES, token.space_ids.length))
    throw new TooLargeError(`a token enters ${MAX_SPACES} spaces at most`);
  return { ...token, space_ids: spaces, permissions: permissions ?? token.permissions, email: email ?? token.email };
}

function difference(before: TokenFacts, after: TokenFacts): UpdatedToken {
  const [had, has] = [new Set(before.spaces), new Set(after.spaces)];
  return {
    before,
    after,
    added: after.spaces.filter((id) => !had.has(id)),
    removed: before.spaces.filter((id) => !has.has(id)),
  };
}

function refuse(at: string, message: string): never {
  throw new InvalidInputError([{ at, message }]);
}
