import type { TokenFacts } from '@live-mem/core';
import type { z } from 'zod';
import type { tokenFields } from '../fields.ts';

/** A token as answers tell it. */
export function tokenAnswer({
  permissions,
  spaces,
  createdAt,
  expiresAt,
  lastUsedAt,
  ...facts
}: TokenFacts): z.output<z.ZodObject<typeof tokenFields>> {
  return {
    ...facts,
    permissions: [...permissions],
    space_ids: [...spaces],
    revoked: facts.state === 'revoked',
    created_at: createdAt,
    expires_at: expiresAt,
    last_used_at: lastUsedAt,
  };
}

/** The spaces of a token as callers name them: `*` and `all` are those of today. */
export function spacesOf(words: readonly string[]): readonly string[] | 'all' {
  return words.some((word) => word === '*' || word.toLowerCase() === 'all') ? 'all' : words;
}
