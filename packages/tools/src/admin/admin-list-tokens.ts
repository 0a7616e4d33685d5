import { z } from 'zod';
import { count, nameContains, tokenFields } from '../fields.ts';
import { defineTool, reads } from '../tool.ts';
import { tokenAnswer } from './token-answer.ts';

/** Lists the tokens there are. */
export const adminListTokens = defineTool({
  name: 'admin_list_tokens',
  title: 'List tokens',
  description:
    'Lists tokens: their names, what they may do and where, when they were last used; never the tokens themselves. Use it to find the hash of a token. Next: admin_update_token or admin_revoke_token.',
  input: z.strictObject({
    name_contains: nameContains,
    has_space: z.string().default('').describe('Only tokens that may enter this space. Example: "alpha". Empty: all'),
    include_revoked: z.boolean().default(true).describe('false: only those that are not revoked. Example: true'),
    limit: z.int().min(1).max(500).default(100).describe('Tokens in one answer, 1 to 500. Example: 100'),
    cursor: z
      .string()
      .default('')
      .describe(
        'Where the next page begins: next_cursor of the answer before. Example: "sha256:9f86…". Empty: at the first',
      ),
  }),
  output: z.strictObject({
    status: z.literal('ok'),
    tokens: z.array(z.strictObject(tokenFields)),
    total: count,
    next_cursor: z.string().optional(),
  }),
  annotations: reads,
  permission: 'admin',
  async handler(memory, { name_contains, has_space, include_revoked, limit, cursor }) {
    const { tokens, total, nextCursor } = await memory.tokens.list({
      nameContains: name_contains,
      hasSpace: has_space || undefined,
      includeRevoked: include_revoked,
      limit,
      cursor: cursor || undefined,
    });
    return { status: 'ok' as const, tokens: tokens.map(tokenAnswer), total, next_cursor: nextCursor };
  },
});
