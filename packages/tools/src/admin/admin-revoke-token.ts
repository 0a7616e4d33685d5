import { z } from 'zod';
import { tokenHash } from '../fields.ts';
import { defineTool, removes } from '../tool.ts';

/** Ends a token. */
export const adminRevokeToken = defineTool({
  name: 'admin_revoke_token',
  title: 'Revoke a token',
  description:
    'Ends a token for good: at once here, within 5 seconds on every other server. It stays listed. Use it when a token leaked or is not needed any more. Next: admin_create_token makes another.',
  input: z.strictObject({ token_hash: tokenHash }),
  output: z.strictObject({ status: z.literal('ok'), name: z.string(), hash: z.string(), message: z.string() }),
  annotations: removes,
  permission: 'admin',
  async handler(memory, { token_hash }) {
    const { name, hash } = await memory.tokens.revoke({ hash: token_hash });
    return { status: 'ok' as const, name, hash, message: `the token of ${name} is revoked` };
  },
});
