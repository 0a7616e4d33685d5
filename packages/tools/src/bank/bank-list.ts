import { z } from 'zod';
import { bytes, count, moment, spaceId, unreadableFiles } from '../fields.ts';
import { defineTool, reads } from '../tool.ts';

/** Lists the documents of the bank. */
export const bankList = defineTool({
  name: 'bank_list',
  title: 'List the bank',
  description:
    'Lists the documents of the bank with their sizes. Use it to find the name of a document. Next: bank_read for one of them.',
  input: z.strictObject({ space_id: spaceId }),
  output: z.strictObject({
    status: z.literal('ok'),
    files: z.array(z.strictObject({ filename: z.string(), size: bytes, last_modified: moment.optional() })),
    file_count: count,
    unreadable: unreadableFiles,
  }),
  annotations: reads,
  permission: 'read',
  async handler(memory, { space_id }) {
    const { documents, unreadable } = await memory.bank.list({ space: space_id });
    const files = documents.map(({ filename, size, lastModified }) => ({
      filename,
      size,
      last_modified: lastModified,
    }));
    return {
      status: 'ok' as const,
      files,
      file_count: files.length,
      unreadable: unreadable.length > 0 ? [...unreadable] : undefined,
    };
  },
});
