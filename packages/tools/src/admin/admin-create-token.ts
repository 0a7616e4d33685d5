import { type CreatedToken, InvalidInputError, type LiveMemory } from '@live-mem/core';
import { z } from 'zod';
import { permissionNames, wordList, wordsOf } from '../fields.ts';
import { adds, defineTool } from '../tool.ts';
import { spacesOf } from './token-answer.ts';

const input = z.strictObject({
  name: z.string().describe('The agent: notes and commits bear this name. Example: "cline"'),
  permissions: permissionNames,
  space_ids: wordList
    .default('')
    .describe(
      'The spaces it may enter, separated by commas; "*" or "all": those of today. Example: "alpha,beta". Empty: none',
    ),
  expires_in_days: z.int().min(0).max(36_500).default(0).describe('Days it lives; 0: for ever. Example: 90'),
  email: z.string().default('').describe('Whom to ask about it. Example: "ann@example.org"'),
});

/** Makes a token. */
export const adminCreateToken = defineTool({
  name: 'admin_create_token',
  title: 'Make a token',
  description:
    'Makes a token for an agent or a person: its name, what it may do, and in which spaces. The token is told once. Use it for everyone who works with this memory. Next: hand the token over; admin_revoke_token ends it.',
  input,
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
  async handler(memory, wanted, { caller }) {
    const make = caller.kind === 'bootstrap' ? makeFirst : makeToken;
    const { spaces, expiresAt, ...facts } = await make(memory, wanted);
    return {
      status: 'created' as const,
      ...facts,
      permissions: [...facts.permissions],
      space_ids: [...spaces],
      expires_at: expiresAt,
    };
  },
});

type Wanted = z.output<typeof input>;

async function makeToken(memory: LiveMemory, { name, email, ...wanted }: Wanted): Promise<CreatedToken> {
  return memory.tokens.create({
    name,
    email,
    permissions: wordsOf(wanted.permissions),
    spaces: spacesOf(wordsOf(wanted.space_ids)),
    expiresInDays: wanted.expires_in_days,
  });
}

/** @throws {@link InvalidInputError} another token than that of an administrator is wanted, who enters no space yet */
async function makeFirst(memory: LiveMemory, { name, email, ...wanted }: Wanted): Promise<CreatedToken> {
  const permissions = wordsOf(wanted.permissions).includes('admin') ? [] : ['permissions'];
  const spaces = wordsOf(wanted.space_ids).length === 0 ? [] : ['space_ids'];
  const wrong = [...permissions, ...spaces];
  const message = 'this key makes the first administrator only: permissions "admin", no spaces';
  if (wrong.length > 0) throw new InvalidInputError(wrong.map((at) => ({ at, message })));
  return memory.tokens.createFirst({ name, email, expiresInDays: wanted.expires_in_days });
}
