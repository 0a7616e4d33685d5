import { z } from 'zod';
import { moment, spaceId } from '../fields.ts';
import { adds, defineTool } from '../tool.ts';

/** Makes a token of a day for one agent in one space. */
export const spaceBadgeMint = defineTool({
  name: 'space_badge_mint',
  title: 'Make a badge',
  description:
    'Makes a token that reads and writes in this one space, for one agent, for 24 hours; an active one of the same agent ends. Only the token that created the space may. The token is told once. Use it to let a helper in. Next: hand the token over.',
  input: z.strictObject({
    space_id: spaceId,
    client_name: z
      .string()
      .meta({ maxLength: 100 })
      .describe('The agent that gets it; its notes bear this name. Example: "reviewer"'),
  }),
  output: z.strictObject({
    status: z.enum(['created', 'replaced']),
    token: z.string().describe('Told this once'),
    hash: z.string(),
    expires_at: moment,
    replaced: z.boolean(),
  }),
  annotations: adds,
  permission: 'write',
  beyondBadges: true,
  async handler(memory, { space_id, client_name }, { caller }) {
    const { token, hash, expiresAt, replaced } = await memory.tokens.mintBadge({
      space: space_id,
      agent: client_name,
      caller,
    });
    return {
      status: replaced ? ('replaced' as const) : ('created' as const),
      token,
      hash,
      expires_at: expiresAt,
      replaced,
    };
  },
});
