import { z } from 'zod';
import type { Parts } from '../log/open-space.ts';
import { spaceId } from '../spaces/space.ts';
import { validate } from '../validate.ts';
import { factsOf, type TokenFacts } from './token.ts';
import { hashPrefix, nameContains } from './token-input.ts';

/** What {@link ListTokens} takes. */
export interface ListTokensInput {
  /** In whatever case. */
  readonly nameContains?: string | undefined;
  /** Only tokens that may enter this space. */
  readonly hasSpace?: string | undefined;
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
  includeRevoked: z.boolean().default(true),
  limit: z.number().int().min(1).max(500).default(100),
  cursor: hashPrefix.optional(),
});

/** See {@link ListTokens}. */
export function createListTokens(parts: Parts): ListTokens {
  return async function listTokens(input = {}) {
    const { nameContains: part, hasSpace, includeRevoked, limit, cursor } = validate(inputSchema, input);
    const { tokens } = await parts.tokens.current();
    const now = await parts.storeTime();
    const wanted = part.toLowerCase();
    const matching = tokens.filter(
      ({ name, space_ids, revoked }) =>
        name.toLowerCase().includes(wanted) &&
        (hasSpace === undefined || space_ids.includes(hasSpace)) &&
        (includeRevoked || !revoked),
    );
    const from = cursor === undefined ? 0 : matching.findIndex(({ hash }) => hash === cursor) + 1;
    const page = matching.slice(from, from + limit);
    const last = page.at(-1);
    const hasMore = last !== undefined && from + limit < matching.length;
    return {
      tokens: page.map((token) => factsOf(token, now)),
      total: matching.length,
      ...(hasMore ? { nextCursor: last.hash } : {}),
    };
  };
}
