import { z } from 'zod';
import { archiveOf } from '../archive.ts';
import { archiveFields, backupId } from '../fields.ts';
import { defineTool, reads } from '../tool.ts';

/** Hands out the files of a backup. */
export const backupDownload = defineTool({
  name: 'backup_download',
  title: 'Download a backup',
  description:
    'Packs the files of a backup into a tar.gz; secrets are masked. Use it to keep a copy outside of the memory. Next: backup_delete, where the copy here is not needed any more.',
  input: z.strictObject({ backup_id: backupId }),
  output: z.strictObject({ status: z.literal('ok'), ...archiveFields }),
  annotations: reads,
  permission: 'read',
  async handler(memory, { backup_id }, context) {
    const files = await memory.backups.download({ backup: backup_id, caller: context.caller });
    const command = `live-mem backup download ${backup_id} -o FILE`;
    const root = backup_id.replace('/', '-');
    return { status: 'ok' as const, ...(await archiveOf(context, files, { root, command })) };
  },
});
