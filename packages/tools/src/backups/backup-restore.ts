import { z } from 'zod';
import { confirm } from '../bank/confirm.ts';
import { ConfirmationNeededError } from '../errors.ts';
import { backupId, commitNumber, count } from '../fields.ts';
import { defineTool, removes } from '../tool.ts';

/** Makes a space of a backup. */
export const backupRestore = defineTool({
  name: 'backup_restore',
  title: 'Restore a backup',
  description:
    'Makes a space of a backup, which is verified first; the id must be free. Broken off, it goes on when it is called again. Without confirm=true it changes nothing and says what it would do. Use it after space_delete, or with `as` for a copy. Next: space_summary.',
  input: z.strictObject({
    backup_id: backupId,
    as: z.string().default('').describe('Another id for the space. Example: "alpha-copy". Empty: the one it had'),
    confirm,
  }),
  output: z.strictObject({
    status: z.literal('ok'),
    space_id: z.string(),
    commit: commitNumber.describe('The commit with which the space exists'),
    files_restored: count,
    verified: z.boolean().describe('false: the backup has no manifest, so nothing proves that it was whole'),
  }),
  annotations: removes,
  permission: 'manage',
  async handler(memory, { backup_id, as, confirm: confirmed }, { caller, onProgress }) {
    if (!confirmed) {
      const { files, ok } = await memory.backups.verify({ backup: backup_id, caller });
      const state = ok ? `${files} files` : 'damaged: it would be refused';
      const target = as || backup_id.slice(0, backup_id.indexOf('/'));
      throw new ConfirmationNeededError(`It would make the space ${target} of backup ${backup_id} (${state})`);
    }
    const restored = await memory.backups.restore({
      backup: backup_id,
      as: as || undefined,
      actor: caller.name,
      creator: caller.tokenHash,
      caller,
      onProgress,
    });
    const { space, commit, files, verified } = restored;
    return { status: 'ok' as const, space_id: space, commit, files_restored: files, verified };
  },
});
