import { z } from 'zod';
import { confirm } from '../bank/confirm.ts';
import { ConfirmationNeededError } from '../errors.ts';
import { count, spaceId } from '../fields.ts';
import { defineTool, removes } from '../tool.ts';

/** Deletes a space for good. */
export const spaceDelete = defineTool({
  name: 'space_delete',
  title: 'Delete a space',
  description:
    'Deletes a space with its notes, its bank and the texts of its history, and takes it out of all tokens. Without confirm=true it changes nothing and says what it would do. Its backups stay; with confirm=true, a restore or a deletion that was broken off is ended too. Use it only when you are asked to. Next: backup_restore brings a space back from a backup.',
  input: z.strictObject({ space_id: spaceId, confirm }),
  output: z.strictObject({ status: z.literal('deleted'), files_deleted: count }),
  annotations: removes,
  permission: 'manage',
  async handler(memory, { space_id, confirm: confirmed }, { caller }) {
    if (!confirmed) {
      const { live, bank } = await memory.spaces.info({ space: space_id });
      const held = `${live.count} live notes, ${bank.files.length} documents and its history`;
      throw new ConfirmationNeededError(`It would delete the space ${space_id} for good: ${held}`);
    }
    const { filesDeleted } = await memory.spaces.delete({ space: space_id, actor: caller.name });
    return { status: 'deleted' as const, files_deleted: filesDeleted };
  },
});
