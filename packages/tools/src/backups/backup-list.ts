import { z } from 'zod';
import { bytes, count, moment, spaceIdOrNone } from '../fields.ts';
import { defineTool, reads } from '../tool.ts';

/** Lists the backups there are. */
export const backupList = defineTool({
  name: 'backup_list',
  title: 'List backups',
  description:
    'Lists the backups of one space, or of all you may enter, the newest first. Use it to find the id of a backup. Next: backup_verify reads one and compares it with its manifest.',
  input: z.strictObject({
    space_id: spaceIdOrNone.describe('Only of this space. Example: "alpha". Empty: of all'),
  }),
  output: z.strictObject({
    status: z.literal('ok'),
    backups: z.array(
      z.strictObject({
        backup_id: z.string(),
        space_id: z.string(),
        timestamp: moment,
        description: z.string(),
        files_count: count,
        total_size: bytes,
        complete: z
          .boolean()
          .describe('false: it is being taken or deleted, or that was broken off, or its manifest is damaged'),
        verifiable: z.boolean().describe('false: another program made it, so nothing proves that it is whole'),
        commit: count.optional().describe('The commit whose state it is'),
      }),
    ),
    total: count,
  }),
  annotations: reads,
  permission: 'read',
  // What the caller may see of backups is told by the core: those of a space that was deleted too.
  space: () => undefined,
  async handler(memory, { space_id }, { caller }) {
    const { backups } = await memory.backups.list({ space: space_id || undefined, caller });
    return {
      status: 'ok' as const,
      backups: backups.map(({ backup, space, at, files, totalSize, ...facts }) => ({
        backup_id: backup,
        space_id: space,
        timestamp: at,
        files_count: files,
        total_size: totalSize,
        ...facts,
      })),
      total: backups.length,
    };
  },
});
