import { ForbiddenError } from '@live-mem/core';
import { z } from 'zod';
import { parseBody } from './parse-body.ts';
import type { Route } from './route.ts';

const firstToken = z.strictObject({ name: z.string() });
const newToken = z.strictObject({
  name: z.string(),
  permissions: z.array(z.string()),
  spaces: z.array(z.string()).optional(),
  expiresInDays: z.number().optional(),
});

/** Who may enter. A token is told once, in the answer that makes it. */
export const tokenRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: /^\/first-token$/,
    permission: 'bootstrap',
    async answer({ memory, caller, body }) {
      if (caller.kind !== 'bootstrap') throw new ForbiddenError('this takes the key that the service was started with');
      return { status: 201, json: await memory.tokens.createFirst(parseBody(firstToken, body)) };
    },
  },
  {
    method: 'POST',
    path: /^\/tokens$/,
    permission: 'admin',
    answer: async ({ memory, body }) => ({ status: 201, json: await memory.tokens.create(parseBody(newToken, body)) }),
  },
  {
    method: 'DELETE',
    path: /^\/tokens\/(?<name>[^/]+)$/,
    permission: 'admin',
    answer: async ({ memory, name }) => ({ json: await memory.tokens.revoke({ hash: name }) }),
  },
];
