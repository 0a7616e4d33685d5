import { z } from 'zod';
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
    auth_type: z.enum(['owner', 'token', 'badge', 'bootstrap']).describe('owner: whoever holds the store itself'),
    permissions: z.array(z.string()).describe('The highest permission, which includes those before it'),
    space_ids: z.array(z.string()).describe('Empty for the owner, who may enter all'),
    all_spaces: z.literal(true).optional(),
    token_hash: z.string().optional(),
  }),
  annotations: reads,
  permission: 'any',
  async handler(_, __, { caller }) {
    const { kind, name, permission, spaces, tokenHash } = caller;
    return {
      status: 'ok' as const,
      client_name: name,
      auth_type: kind,
      permissions: permission === undefined ? [] : [permission],
      space_ids: spaces === 'all' ? [] : [...spaces].toSorted(),
      all_spaces: spaces === 'all' ? (true as const) : undefined,
      token_hash: tokenHash,
    };
  },
});
