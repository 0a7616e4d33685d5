import { z } from 'zod';
import { InvalidInputError } from '../errors.ts';
import type { Parts } from '../log/open-space.ts';
import { spaceId } from '../spaces/space.ts';
import { validate } from '../validate.ts';
import { matchesToken } from './matches-token.ts';
import { factsOf, type StoredToken, type TokenFacts } from './token.ts';
import { hashPrefix, nameContains } from './token-input.ts';

/** What {@link ListTokens} takes. */
export interface ListTokensInput {
  /** In whatever case. */
  readonly nameContains?: string | undefined;
  /** Only tokens that may enter this space. */
  readonly hasSpace?: string | undefined;
  /** Only the token whose hash begins so; at least 16 hexadecimal digits. */
  readonly hash?: string | undefined;
  /** Absent: revoked ones too. */
  readonly includeRevoked?: boolean | undefined;
  /** 1 to 500; 100. */
  readonly limit?: number | undefined;
  /** `nextCursor` of the answer before. */
  readonly cursor?: string | undefined;
}

/** A page of tokens. */
export interface ListedTokens {
  /** In the order in which they were made. */
  readonly tokens: readonly TokenFacts[];
  /** All that match. */
  readonly total: number;
  readonly nextCursor?: string | undefined;
}

/**
 * The tokens of this memory; never the tokens themselves, which nobody can tell. Cost: as {@link Authenticate}.
 * @throws {@link InvalidInputError} the cursor is no token any more
 */
export type ListTokens = (input?: ListTokensInput) => Promise<ListedTokens>;

const inputSchema = z.strictObject({
  nameContains: nameContains.default(''),
  hasSpace: spaceId.optional(),
  hash: hashPrefix.optional(),
  includeRevoked: z.boolean().default(true),
  limit: z.number().int().min(1).max(500).default(100),
  cursor: hashPrefix.optional(),
});

/** See {@link ListTokens}. */
export function createListTokens(parts: Parts): ListTokens {
  return async function listTokens(input = {}) {
    const { hash: prefix = '', limit, cursor, ...filter } = validate(inputSchema, input);
    const { tokens } = await parts.tokens.current();
    const now = await parts.storeTime();
    const matching = tokens.filter(({ hash }) => hash.startsWith(prefix)).filter(matchesToken(filter));
    const later = new Set(after(tokens, cursor));
    const rest = matching.filter((token) => later.has(token));
    const page = rest.slice(0, limit);
    const last = page.at(-1);
    const hasMore = last !== undefined && limit < rest.length;
    return {
      tokens: page.map((token) => factsOf(token, now)),
      total: matching.length,
      ...(hasMore ? { nextCursor: last.hash } : {}),
    };
  };
}

/** By its place among all tokens: the one it names may match no more. */
function after(tokens: readonly StoredToken[], cursor: string | undefined): readonly StoredToken[] {
  if (cursor === undefined) return tokens;
  const at = tokens.findIndex(({ hash }) => hash === cursor);
  if (at < 0) throw new InvalidInputError([{ at: 'cursor', message: 'is no token any more: begin again without it' }]);
  return tokens.slice(at + 1);
}
