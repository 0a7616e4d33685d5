import { z } from 'zod';
import { bytes, commitNumber, filename, spaceId } from '../fields.ts';
import { defineTool, sets } from '../tool.ts';

/** Writes a document whole. */
export const bankWrite = defineTool({
  name: 'bank_write',
  title: 'Write a document',
  description:
    'Writes one document of the bank, whole: creates it, or replaces all of its text. Use it for what people write by hand; notes and bank_consolidate are the usual way. Next: bank_undo with the commit of the answer brings back what was there.',
  input: z.strictObject({
    space_id: spaceId,
    filename,
    content: z
      .string()
      .describe('The whole text, Markdown, at most 2 MiB. Example: "# Brief\\n\\nWhat we build, and why.\\n"'),
  }),
  output: z.strictObject({
    status: z.enum(['created', 'replaced']),
    size: bytes,
    commit: commitNumber.optional(),
    unchanged: z.literal(true).optional().describe('It held this text already: no commit was made'),
    warning: z
      .string()
      .optional()
      .describe('The memory holds the text, and the stored object could not be made to show it'),
  }),
  annotations: sets,
  permission: 'manage',
  async handler(memory, { space_id, filename: name, content }, { caller }) {
    const written = await memory.bank.write({ space: space_id, filename: name, content, actor: caller.name });
    const { status, size, commit, warning } = written;
    if (status === 'unchanged') return { status: 'replaced' as const, size, unchanged: true as const, warning };
    return { status, size, commit, warning };
  },
});
