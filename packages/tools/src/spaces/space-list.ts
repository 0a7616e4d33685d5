import { z } from 'zod';
import { count, moment, unreadableSpaces } from '../fields.ts';
import { defineTool, reads } from '../tool.ts';
import { onlyThose } from './entered-spaces.ts';

const space = z.strictObject({
  space_id: z.string(),
  description: z.string(),
  owner: z.string(),
  created_at: moment.optional(),
  live_notes_count: count,
  bank_files_count: count,
});

/** Lists the spaces there are. */
export const spaceList = defineTool({
  name: 'space_list',
  title: 'List spaces',
  description:
    'Lists the spaces you may enter, with what they hold. Use it to find the id of a space. Next: space_summary for all that is needed to start in one of them.',
  input: z.strictObject({}),
  output: z.strictObject({
    status: z.literal('ok'),
    spaces: z.array(space),
    total: count,
    unreadable: unreadableSpaces,
  }),
  annotations: reads,
  permission: 'read',
  async handler(memory, _, { caller }) {
    const { spaces, unreadable } = await memory.spaces.list(onlyThose(caller));
    return {
      status: 'ok' as const,
      spaces: spaces.map((info) => ({
        space_id: info.space,
        description: info.description,
        owner: info.owner,
        created_at: info.createdAt || undefined,
        live_notes_count: info.live.count,
        bank_files_count: info.bank.files.length,
      })),
      total: spaces.length,
      unreadable:
        unreadable.length > 0 ? unreadable.map((one) => ({ space_id: one.space, reason: one.reason })) : undefined,
    };
  },
});
