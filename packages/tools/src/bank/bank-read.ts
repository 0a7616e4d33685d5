import { z } from 'zod';
import { filename, spaceId } from '../fields.ts';
import { defineTool, reads } from '../tool.ts';
import { documentFields } from './document-fields.ts';

/** Reads one document. */
export const bankRead = defineTool({
  name: 'bank_read',
  title: 'Read a document',
  description:
    'Reads one document of the bank, whole. Use it when you know which one you need. Next: bank_list for the names there are; bank_history for how it came to be.',
  input: z.strictObject({ space_id: spaceId, filename }),
  output: z.strictObject({ status: z.literal('ok'), ...documentFields }),
  annotations: reads,
  permission: 'read',
  async handler(memory, { space_id, filename: name }) {
    return { status: 'ok' as const, ...(await memory.bank.read({ space: space_id, filename: name })) };
  },
});
