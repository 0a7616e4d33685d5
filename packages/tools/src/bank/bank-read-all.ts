import { z } from 'zod';
import { bytes, count, spaceId, unreadableFiles } from '../fields.ts';
import { defineTool, reads } from '../tool.ts';
import { documentFields } from './document-fields.ts';

/** Reads the whole bank. */
export const bankReadAll = defineTool({
  name: 'bank_read_all',
  title: 'Read the bank',
  description:
    'Reads all documents of the bank as of one commit. Use it to know everything that was consolidated. Next: live_read for the notes that are not in the bank yet; bank_read for one document.',
  input: z.strictObject({ space_id: spaceId }),
  output: z.strictObject({
    status: z.literal('ok'),
    files: z.array(z.strictObject(documentFields)),
    total_size: bytes,
    file_count: count,
    commit: count.describe('The commit all documents are as of; 0 where the space has no history yet'),
    unreadable: unreadableFiles,
  }),
  annotations: reads,
  permission: 'read',
  async handler(memory, { space_id }) {
    const { documents, commit, unreadable } = await memory.bank.readAll({ space: space_id });
    const total = documents.reduce((sum, { size }) => sum + size, 0);
    const files = documents.map((document) => ({ ...document }));
    return {
      status: 'ok' as const,
      files,
      total_size: total,
      file_count: files.length,
      commit,
      unreadable: unreadable.length > 0 ? [...unreadable] : undefined,
    };
  },
});
