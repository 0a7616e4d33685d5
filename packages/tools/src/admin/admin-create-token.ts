import { z } from 'zod';
import { permissionNames, wordList, wordsOf } from '../fields.ts';
import { adds, defineTool } from '../tool.ts';
import { spacesOf } from './token-answer.ts';

/** Makes a token. */
export const adminCreateToken = defineTool({
  name: 'admin_create_token',
  title: 'Make a token',
  description:
    'Makes a token for an agent or a person: its name, what it may do, and in which spaces. The token is told once. Use it for everyone who works with this memory. Next: hand the token over; admin_revoke_token ends it.',
  input: z.strictObject({
    name: z.string().describe('The agent: notes and commits bear this name. Example: "cline"'),
    permissions: permissionNames,
    space_ids: wordList
      .default('')
      .describe(
        'The spaces it may enter, separated by commas; "*" or "all": those of today. Example: "alpha,beta". Empty: none',
      ),
    expires_in_days: z.int().min(0).max(36_500).default(0).describe('Days it lives; 0: for ever. Example: 90'),
    email: z.string().default('').describe('Whom to ask about it. Example: "ann@example.org"'),
  }),
  output: z.strictObject({
    status: z.literal('created'),
    token: z.string().describe('Told this once'),
    hash: z.string(),
    name: z.string(),
    permissions: z.array(z.string()),
    space_ids: z.array(z.string()),
    expires_at: z.string().optional(),
    warning: z.string().optional(),
  }),
  annotations: adds,
  permission: 'admin',
  bootstrap: true,
  async handler(memory, { name, permissions, space_ids, expires_in_days: expiresInDays, email }, { caller }) {
    const made =
      caller.kind === 'bootstrap'
        ? await memory.tokens.createFirst({ name, email, expiresInDays })
        : await memory.tokens.create({
            name,
            permissions: wordsOf(permissions),
            spaces: spacesOf(wordsOf(space_ids)),
            expiresInDays,
            email,
          });
    const { spaces, expiresAt, ...facts } = made;
    return {
      status: 'created' as const,
      ...facts,
      permissions: [...made.permissions],
      space_ids: [...spaces],
      expires_at: expiresAt,
    };
  },
});
