import { z } from 'zod';
import { archiveOf } from '../archive.ts';
import { archiveFields, spaceId } from '../fields.ts';
import { defineTool, reads } from '../tool.ts';

/** Hands out all files of a space. */
export const spaceExport = defineTool({
  name: 'space_export',
  title: 'Export a space',
  description:
    'Packs all files of a space, as of one moment, into a tar.gz; secrets are masked. Use it to hand a space to another program. Next: backup_create keeps a copy in the memory itself.',
  input: z.strictObject({ space_id: spaceId }),
  output: z.strictObject({ status: z.literal('ok'), ...archiveFields }),
  annotations: reads,
  permission: 'read',
  async handler(memory, { space_id }, context) {
    const exported = await memory.spaces.export({ space: space_id });
    const command = `live-mem space export ${space_id} -o FILE`;
    return { status: 'ok' as const, ...(await archiveOf(context, exported, { root: space_id, command })) };
  },
});
