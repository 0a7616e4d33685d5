import { z } from 'zod';
import type { Parts } from '../log/open-space.ts';
import { validate } from '../validate.ts';
import { findToken } from './find-token.ts';
import type { Registry } from './registry.ts';
import { factsOf, type StoredToken, type TokenFacts } from './token.ts';
import { hashPrefix } from './token-input.ts';

/** Which token; at least 16 hexadecimal digits of its hash. */
export interface TokenOnly {
  readonly hash: string;
}

/**
 * Ends a token: at once in this process, within 5 seconds in others, and for good; no rewrite of the registry brings it back.
 * Cost: the registry, as {@link TokenRegistry.change} reads it; 1 PUT; then see {@link TokenRegistry.change}. 4 round trips.
 * @throws {@link TokenNotFoundError}
 * @throws {@link InvalidInputError} several tokens begin with these digits
 */
export type RevokeToken = (input: TokenOnly) => Promise<TokenFacts>;

/** Ends a token and takes it out of the registry. Cost and errors: as {@link RevokeToken}. */
export type DeleteToken = (input: TokenOnly) => Promise<{ readonly name: string; readonly remaining: number }>;

/** What {@link PurgeTokens} takes. */
export interface PurgeTokensInput {
  /** Absent: yes. No: all tokens are ended and taken out. */
  readonly revokedOnly?: boolean | undefined;
  /** Hash of a token that stays, for instance that of whoever asks; at least 16 hexadecimal digits. */
  readonly keep?: string | undefined;
}

/** Takes revoked tokens, or all, out of the registry. Cost: see {@link TokenRegistry.change}, and 1 PUT for each token that goes, 32 at once. */
export type PurgeTokens = (
  input?: PurgeTokensInput,
) => Promise<{ readonly deleted: number; readonly remaining: number }>;

const tokenOnly = z.strictObject({ hash: hashPrefix });

/** See {@link RevokeToken}. */
export function createRevokeToken(parts: Parts): RevokeToken {
  return async function revokeToken(input) {
    const chosen = await chosenToken(parts, validate(tokenOnly, input).hash);
    await parts.tokens.revoke([chosen.hash]);
    // Read with the object that revokes it, the token counts as revoked already: the registry is written so for other programs.
    const after = await parts.tokens.change(async (found) => ({ ...found }));
    // Deleted meanwhile, it is revoked none the less.
    const revoked = after.tokens.find(({ hash }) => hash === chosen.hash) ?? { ...chosen, revoked: true };
    return factsOf(revoked, await parts.storeTime());
  };
}

/** See {@link DeleteToken}. */
export function createDeleteToken(parts: Parts): DeleteToken {
  return async function deleteToken(input) {
    const { hash, name } = await chosenToken(parts, validate(tokenOnly, input).hash);
    await parts.tokens.revoke([hash]);
    const after = await parts.tokens.change(async (found) => without(found, (token) => token.hash === hash));
    return { name, remaining: after.tokens.length };
  };
}

/** See {@link PurgeTokens}. */
export function createPurgeTokens(parts: Parts): PurgeTokens {
  const inputSchema = z.strictObject({ revokedOnly: z.boolean().default(true), keep: hashPrefix.optional() });
  return async function purgeTokens(input = {}) {
    const { revokedOnly, keep } = validate(inputSchema, input);
    const gone = new Set<string>();
    const after = await parts.tokens.change(async (found) => {
      const chosen = found.tokens.filter(
        ({ revoked, hash }) =>
          !gone.has(hash) && !(keep !== undefined && hash.startsWith(keep)) && (revoked || !revokedOnly),
      );
      // Before they leave the registry, so that a crash leaves none that can come back.
      await parts.tokens.revoke(chosen.map(({ hash }) => hash));
      for (const { hash } of chosen) gone.add(hash);
      return without(found, ({ hash }) => gone.has(hash));
    });
    return { deleted: gone.size, remaining: after.tokens.length };
  };
}

/** The token as the registry has it now, not as it was 5 seconds ago: the digits given may mean another one once it is gone. */
async function chosenToken({ tokens }: Parts, prefix: string): Promise<StoredToken> {
  return findToken(await tokens.change(async () => undefined), prefix);
}

function without(found: Registry, isGone: (token: Registry['tokens'][number]) => boolean): Registry | undefined {
  const tokens = found.tokens.filter((token) => !isGone(token));
  return tokens.length === found.tokens.length ? undefined : { ...found, tokens };
}
