import { InvalidInputError } from '@live-mem/core';
import { z } from 'zod';
import { count, nameContains, permissionNames, tokenFields, wordList, wordsOf } from '../fields.ts';
import { defineTool, sets } from '../tool.ts';
import { tokenAnswer } from './token-answer.ts';

/** Changes many tokens in one write. */
export const adminBulkUpdateTokens = defineTool({
  name: 'admin_bulk_update_tokens',
  title: 'Change many tokens',
  description:
    'Changes all tokens that match: by names, by a part of the name, or by a space they may enter; at least one of the three. Use it when a team gets a new space. Next: admin_list_tokens.',
  input: z.strictObject({
    names: wordList.default('').describe('Names, whole, separated by commas. Example: "cline,reviewer". Empty: any'),
    name_contains: nameContains,
    has_space: z.string().default('').describe('A space they may enter. Example: "alpha". Empty: any'),
    permissions: permissionNames.optional(),
    email: z.string().optional().describe('Whom to ask about them. Example: "ann@example.org"'),
    space_ids_add: wordList.default('').describe('Spaces to add. Example: "gamma"'),
    space_ids_remove: wordList.default('').describe('Spaces to remove. Example: "alpha"'),
    include_revoked: z.boolean().default(false).describe('true: revoked ones too. Example: false'),
  }),
  output: z.strictObject({
    status: z.literal('ok'),
    updated: count,
    tokens: z.array(z.strictObject({ before: z.strictObject(tokenFields), after: z.strictObject(tokenFields) })),
  }),
  annotations: sets,
  permission: 'admin',
  async handler(memory, input) {
    const names = wordsOf(input.names);
    if (names.length === 0 && !input.name_contains && !input.has_space)
      throw new InvalidInputError([{ at: 'names', message: 'say whose tokens: names, name_contains or has_space' }]);
    const updated = await memory.tokens.updateMany({
      names: names.length > 0 ? names : undefined,
      nameContains: input.name_contains || undefined,
      hasSpace: input.has_space || undefined,
      permissions: input.permissions === undefined ? undefined : wordsOf(input.permissions),
      email: input.email,
      spacesAdd: wordsOf(input.space_ids_add),
      spacesRemove: wordsOf(input.space_ids_remove),
      includeRevoked: input.include_revoked,
    });
    const tokens = updated.map(({ before, after }) => ({ before: tokenAnswer(before), after: tokenAnswer(after) }));
    return { status: 'ok' as const, updated: tokens.length, tokens };
  },
});
