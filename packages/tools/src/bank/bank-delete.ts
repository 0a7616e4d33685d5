import { z } from 'zod';
import { ConfirmationNeededError } from '../errors.ts';
import { commitNumber, filename, spaceId } from '../fields.ts';
import { defineTool, removes } from '../tool.ts';
import { confirm } from './confirm.ts';

/** Deletes a document. */
export const bankDelete = defineTool({
  name: 'bank_delete',
  title: 'Delete a document',
  description:
    'Deletes one document of the bank, and no other. Without confirm=true it changes nothing and says what it would do. Use it for a document nobody needs any more. Next: bank_undo with the commit of the answer brings it back.',
  input: z.strictObject({ space_id: spaceId, filename, confirm }),
  output: z.strictObject({ status: z.literal('deleted'), commit: commitNumber }),
  annotations: removes,
  permission: 'manage',
  async handler(memory, { space_id, filename: name, confirm: confirmed }, { caller }) {
    if (!confirmed) {
      const { size } = await memory.bank.read({ space: space_id, filename: name });
      throw new ConfirmationNeededError(`It would delete ${JSON.stringify(name)}, ${size} bytes, from the bank`);
    }
    const { commit } = await memory.bank.delete({ space: space_id, filename: name, actor: caller.name });
    return { status: 'deleted' as const, commit };
  },
});
