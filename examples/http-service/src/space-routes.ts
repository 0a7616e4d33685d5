import { categories, includesPermission } from '@live-mem/core';
import { z } from 'zod';
import { parseBody } from './parse-body.ts';
import type { Route } from './route.ts';

// What the fields may hold is for the core to say, which checks every input. Here they only get their types.
const newSpace = z.strictObject({
  space: z.string(),
  description: z.string().optional(),
  rules: z.string().optional(),
});
const newNote = z.strictObject({
  category: z.enum(categories),
  content: z.string(),
  tags: z.array(z.string()).optional(),
});
const filters = z.strictObject({
  limit: z.coerce.number().optional(),
  category: z.enum(categories).optional(),
  since: z.string().optional(),
  cursor: z.string().optional(),
});

/** Spaces, their notes and their bank. Whoever writes is called what the token is called: nobody signs for another. */
export const spaceRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: /^\/spaces$/,
    permission: 'write',
    async answer({ memory, caller, body }) {
      const given = parseBody(newSpace, body);
      const made = await memory.spaces.create({ ...given, actor: caller.name, creator: caller.tokenHash });
      return { status: made.status === 'created' ? 201 : 200, json: made };
    },
  },
  {
    method: 'GET',
    path: /^\/spaces\/(?<space>[^/]+)$/,
    permission: 'read',
    answer: async ({ memory, space }) => ({ json: await memory.spaces.summary({ space }) }),
  },
  {
    method: 'POST',
    path: /^\/spaces\/(?<space>[^/]+)\/notes$/,
    permission: 'write',
    async answer({ memory, caller, space, body, requestId }) {
      const note = parseBody(newNote, body);
      return { status: 201, json: await memory.notes.write({ ...note, space, agent: caller.name, requestId }) };
    },
  },
  {
    method: 'GET',
    path: /^\/spaces\/(?<space>[^/]+)\/notes$/,
    permission: 'read',
    async answer({ memory, space, query }) {
      return { json: await memory.notes.read({ space, ...parseBody(filters, Object.fromEntries(query)) }) };
    },
  },
  {
    method: 'POST',
    path: /^\/spaces\/(?<space>[^/]+)\/consolidations$/,
    permission: 'write',
    async answer({ memory, caller, space, signal }) {
      // Who may not manage consolidates only what they wrote themselves.
      const agent = includesPermission(caller.permission, 'manage') ? undefined : caller.name;
      return { json: await memory.bank.consolidate({ space, agent, actor: caller.name, signal }) };
    },
  },
  {
    method: 'GET',
    path: /^\/spaces\/(?<space>[^/]+)\/bank\/(?<name>.+)$/,
    permission: 'read',
    async answer({ memory, space, name }) {
      return { markdown: (await memory.bank.read({ space, filename: name })).content };
    },
  },
];
