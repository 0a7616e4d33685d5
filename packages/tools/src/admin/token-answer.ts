import type { TokenFacts } from '@live-mem/core';
import type { z } from 'zod';
import type { tokenFields, tokenKind } from '../fields.ts';

/** A token as answers tell it. */
export function tokenAnswer({
  permissions,
  spaces,
  createdAt,
  expiresAt,
  lastUsedAt,
  kind,
  ...facts
}: TokenFacts): z.output<z.ZodObject<typeof tokenFields>> {
  return {
    ...facts,
    kind: kindOf(kind),
    permissions: [...permissions],
    space_ids: [...spaces],
    revoked: facts.state === 'revoked',
    created_at: createdAt,
    expires_at: expiresAt,
    last_used_at: lastUsedAt,
  };
}

/** A kind of token in the words it is stored with. */
export function kindOf(kind: TokenFacts['kind']): z.output<typeof tokenKind> {
  return kind === 'badge' ? 'space_badge' : 'standard';
}

/** The spaces of a token as callers name them: `*` and `all` are those of today. */
export function spacesOf(words: readonly string[]): readonly string[] | 'all' {
  return words.some((word) => word === '*' || word.toLowerCase() === 'all') ? 'all' : words;
}
