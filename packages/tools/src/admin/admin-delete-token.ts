import { z } from 'zod';
import { count, tokenHash } from '../fields.ts';
import { defineTool, removes } from '../tool.ts';

/** Ends a token and forgets it. */
export const adminDeleteToken = defineTool({
  name: 'admin_delete_token',
  title: 'Delete a token',
  description:
    'Ends a token for good and takes it out of the list. Use it for tokens nobody needs to remember. Next: admin_list_tokens.',
  input: z.strictObject({ token_hash: tokenHash }),
  output: z.strictObject({ status: z.literal('deleted'), name: z.string(), remaining: count }),
  annotations: removes,
  permission: 'admin',
  async handler(memory, { token_hash }) {
    return { status: 'deleted' as const, ...(await memory.tokens.delete({ hash: token_hash })) };
  },
});
