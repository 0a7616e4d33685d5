import { z } from 'zod';
import { permissionNames, tokenFields, tokenHash, wordList, wordsOf } from '../fields.ts';
import { defineTool, sets } from '../tool.ts';
import { spacesOf, tokenAnswer } from './token-answer.ts';

/** Changes what a token may do, and where. */
export const adminUpdateToken = defineTool({
  name: 'admin_update_token',
  title: 'Change a token',
  description:
    'Changes what a token may do, its spaces or its contact; what is left out stays. Give either all spaces, or those to add and to remove. Use it when an agent gets more or less to do. Next: admin_list_tokens.',
  input: z.strictObject({
    token_hash: tokenHash,
    space_ids: wordList
      .optional()
      .describe(
        'All its spaces from now on, separated by commas; "*" or "all": those of today. Example: "alpha,beta". Empty: none',
      ),
    permissions: permissionNames.optional(),
    email: z.string().optional().describe('Whom to ask about it. Example: "ann@example.org"'),
    space_ids_add: wordList.default('').describe('Spaces to add. Example: "gamma"'),
    space_ids_remove: wordList.default('').describe('Spaces to remove. Example: "alpha"'),
  }),
  output: z.strictObject({
    status: z.literal('ok'),
    before: z.strictObject(tokenFields),
    after: z.strictObject(tokenFields),
    added: z.array(z.string()),
    removed: z.array(z.string()),
  }),
  annotations: sets,
  permission: 'admin',
  async handler(memory, { token_hash, space_ids, permissions, email, space_ids_add, space_ids_remove }) {
    const { before, after, added, removed } = await memory.tokens.update({
      hash: token_hash,
      spaces: space_ids === undefined ? undefined : spacesOf(wordsOf(space_ids)),
      permissions: permissions === undefined ? undefined : wordsOf(permissions),
      email,
      spacesAdd: wordsOf(space_ids_add),
      spacesRemove: wordsOf(space_ids_remove),
    });
    return {
      status: 'ok' as const,
      before: tokenAnswer(before),
      after: tokenAnswer(after),
      added: [...added],
      removed: [...removed],
    };
  },
});
