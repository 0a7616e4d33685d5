import { z } from 'zod';
import { confirm } from '../bank/confirm.ts';
import { ConfirmationNeededError } from '../errors.ts';
import { count } from '../fields.ts';
import { defineTool, removes } from '../tool.ts';

/** Forgets tokens. */
export const adminPurgeTokens = defineTool({
  name: 'admin_purge_tokens',
  title: 'Purge tokens',
  description:
    'Takes the revoked tokens out of the list; with revoked_only=false it ends all tokens but yours and takes them out. Without confirm=true it changes nothing and says what it would do. Use it when the list has grown long. Next: admin_list_tokens.',
  input: z.strictObject({
    revoked_only: z.boolean().default(true).describe('false: all tokens but yours. Example: true'),
    confirm,
  }),
  output: z.strictObject({ status: z.literal('deleted'), deleted: count, remaining: count }),
  annotations: removes,
  permission: 'admin',
  async handler(memory, { revoked_only, confirm: confirmed }, { caller }) {
    if (!confirmed) {
      const all = await memory.tokens.list({ limit: 1 });
      const active = await memory.tokens.list({ limit: 1, includeRevoked: false });
      const gone = revoked_only
        ? `${all.total - active.total} revoked tokens`
        : 'all tokens but yours, active ones too';
      throw new ConfirmationNeededError(`It would take ${gone} out of ${all.total}`);
    }
    const purged = await memory.tokens.purge({ revokedOnly: revoked_only, keep: caller.tokenHash });
    return { status: 'deleted' as const, ...purged };
  },
});
