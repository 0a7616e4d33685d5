import { z } from 'zod';
import { commitNumber, filename, spaceId } from '../fields.ts';
import { defineTool, reads } from '../tool.ts';

/** Shows what a commit changed. */
export const bankDiff = defineTool({
  name: 'bank_diff',
  title: 'Show a change',
  description:
    'Shows what one commit changed, or how the bank differs between two commits, as a unified diff. Use it to look at a consolidation before you trust it. Next: bank_undo takes the commit back.',
  input: z.strictObject({
    space_id: spaceId,
    commit: commitNumber.describe('Number of the commit, from bank_history. Example: 12'),
    from: z
      .int()
      .min(0)
      .optional()
      .describe('Compare with the bank after this commit, 0: an empty bank. Example: 7. Absent: the commit before'),
    filename: filename.default('').describe('Only what it did to this document. Example: "progress.md". Empty: all'),
  }),
  output: z.strictObject({
    status: z.literal('ok'),
    diff: z.string().describe('Unified diff; empty where nothing differs'),
  }),
  annotations: reads,
  permission: 'read',
  async handler(memory, { space_id, commit, from, filename: name }) {
    return {
      status: 'ok' as const,
      diff: await memory.bank.diff({ space: space_id, commit, from, filename: name || undefined }),
    };
  },
});
