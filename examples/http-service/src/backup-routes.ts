import { z } from 'zod';
import { parseBody } from './parse-body.ts';
import type { Route } from './route.ts';

const newBackup = z.strictObject({ description: z.string().optional() });
const restoration = z.strictObject({ as: z.string().optional() });

/** Backups of a space. The caller is passed on: of a space that was deleted and made anew, the backups before are not theirs to see. */
export const backupRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/spaces\/(?<space>[^/]+)\/backups$/,
    permission: 'read',
    answer: async ({ memory, caller, space }) => ({ json: await memory.backups.list({ space, caller }) }),
  },
  {
    method: 'POST',
    path: /^\/spaces\/(?<space>[^/]+)\/backups$/,
    permission: 'write',
    async answer({ memory, caller, space, body = {}, signal }) {
      const { description } = parseBody(newBackup, body);
      return { status: 201, json: await memory.backups.create({ space, description, actor: caller.name, signal }) };
    },
  },
  {
    method: 'GET',
    path: /^\/spaces\/(?<space>[^/]+)\/backups\/(?<name>[^/]+)$/,
    permission: 'read',
    async answer({ memory, caller, space, name }) {
      // The files are read while they are sent: a large space takes no more memory than a small one.
      return { lines: (await memory.backups.download({ backup: `${space}/${name}`, caller })).files };
    },
  },
  {
    method: 'POST',
    path: /^\/spaces\/(?<space>[^/]+)\/backups\/(?<name>[^/]+)\/restorations$/,
    permission: 'manage',
    async answer({ memory, caller, space, name, body = {} }) {
      const { as } = parseBody(restoration, body);
      const who = { actor: caller.name, creator: caller.tokenHash, caller };
      return { status: 201, json: await memory.backups.restore({ backup: `${space}/${name}`, as, ...who }) };
    },
  },
];
