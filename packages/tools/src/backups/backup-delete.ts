import { BackupNotFoundError } from '@live-mem/core';
import { z } from 'zod';
import { confirm } from '../bank/confirm.ts';
import { ConfirmationNeededError } from '../errors.ts';
import { backupId, count } from '../fields.ts';
import { defineTool, removes } from '../tool.ts';

/** Deletes a backup for good. */
export const backupDelete = defineTool({
  name: 'backup_delete',
  title: 'Delete a backup',
  description:
    'Deletes a backup for good. Without confirm=true it changes nothing and says what it would do. Use it only when you are asked to. Next: backup_list.',
  input: z.strictObject({ backup_id: backupId, confirm }),
  output: z.strictObject({ status: z.literal('deleted'), files_deleted: count }),
  annotations: removes,
  permission: 'manage',
  async handler(memory, { backup_id, confirm: confirmed }, { caller }) {
    if (!confirmed) {
      const space = backup_id.slice(0, backup_id.indexOf('/'));
      const { backups } = await memory.backups.list({ space, caller });
      const known = backups.find(({ backup }) => backup === backup_id);
      // One that may not be seen is not found. Whatever the listing shows, nothing is deleted unconfirmed.
      if (!known) throw new BackupNotFoundError(backup_id);
      throw new ConfirmationNeededError(`It would delete backup ${backup_id} (${known.files} files) for good`);
    }
    const { filesDeleted } = await memory.backups.delete({ backup: backup_id, caller });
    return { status: 'deleted' as const, files_deleted: filesDeleted };
  },
});
