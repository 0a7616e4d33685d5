import { type Caller, type LiveMemory, permissions, type TokenFacts } from '@live-mem/core';
import { z } from 'zod';
import { kindOf } from '../admin/token-answer.ts';
import { tokenKind } from '../fields.ts';
import { defineTool, reads } from '../tool.ts';

/** Tells who calls. */
export const systemWhoami = defineTool({
  name: 'system_whoami',
  title: 'Tell who I am',
  description:
    'Tells under which name you write, what you may do, and in which spaces. Use it when a call was forbidden. Next: space_list.',
  input: z.strictObject({}),
  output: z.strictObject({
    status: z.literal('ok'),
    client_name: z.string(),
    auth_type: z.enum(['owner', 'token']).describe('owner: whoever holds the store itself'),
    token_kind: tokenKind.optional(),
    permissions: z.array(z.string()).describe(`Each includes those before it: ${permissions.join(', ')}`),
    space_ids: z.array(z.string()).describe('Empty for the owner, who may enter all'),
    all_spaces: z.literal(true).optional(),
    token_hash: z.string().optional(),
    email: z.string().optional(),
    created_at: z.string().optional(),
    expires_at: z.string().optional(),
    last_used_at: z.string().optional(),
  }),
  annotations: reads,
  permission: 'any',
  async handler(memory, _, { caller }) {
    const { kind, name, permission, spaces, tokenHash } = caller;
    const token = await tokenOf(memory, caller);
    return {
      status: 'ok' as const,
      client_name: name,
      auth_type: tokenHash === undefined ? ('owner' as const) : ('token' as const),
      token_kind: tokenHash === undefined ? undefined : kindOf(kind === 'badge' ? 'badge' : 'token'),
      permissions: permission === undefined ? [] : [permission],
      space_ids: spaces === 'all' ? [] : [...spaces].toSorted(),
      all_spaces: spaces === 'all' ? (true as const) : undefined,
      token_hash: tokenHash,
      email: token?.email || undefined,
      created_at: token?.createdAt,
      expires_at: token?.expiresAt,
      last_used_at: token?.lastUsedAt,
    };
  },
});

/** What is stored of the caller's token; it may have been deleted since it was let in. */
async function tokenOf(memory: LiveMemory, { tokenHash }: Caller): Promise<TokenFacts | undefined> {
  if (tokenHash === undefined) return undefined;
  const { tokens } = await memory.tokens.list({ hash: tokenHash });
  return tokens[0];
}
