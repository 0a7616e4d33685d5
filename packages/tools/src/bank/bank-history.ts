import type { HistoryEntry } from '@live-mem/core';
import { z } from 'zod';
import { commitNumber, count, filename, moment, spaceId } from '../fields.ts';
import { defineTool, reads } from '../tool.ts';

const commit = z.strictObject({
  commit: commitNumber,
  kind: z.string().describe('create, consolidate, write, delete, undo, outside (an edit by hand), …'),
  at: moment,
  actor: z.string(),
  notes: count.describe('Notes it consumed'),
  restored: count.optional().describe('Notes it brought back'),
  files: z.array(z.string()).describe('Documents it changed; the synthesis and the rules under their stored names'),
  undoes: commitNumber.optional(),
  warnings: z.array(z.string()).optional(),
  trimmed: z.literal(true).optional().describe('Its texts are no longer kept'),
});

/** Lists what changed. */
export const bankHistory = defineTool({
  name: 'bank_history',
  title: 'Read the history',
  description:
    'Lists the changes of the bank, newest first: who changed which documents and when, and how many notes went in. Use it to find the number of a commit. Next: bank_diff shows what a commit changed, bank_undo takes it back.',
  input: z.strictObject({
    space_id: spaceId,
    filename: filename
      .default('')
      .describe('Only commits that changed this document. Example: "progress.md". Empty: all'),
    limit: z.int().min(1).max(200).default(20).describe('Commits in one answer, 1 to 200. Example: 20'),
    cursor: commitNumber
      .optional()
      .describe('Where the next page begins: next_cursor of the answer before. Example: 41'),
  }),
  output: z.strictObject({
    status: z.literal('ok'),
    commits: z.array(commit),
    next_cursor: commitNumber.optional(),
    unreadable: z
      .array(z.strictObject({ commit: commitNumber, reason: z.string() }))
      .optional()
      .describe('Commits that are stored and cannot be read'),
  }),
  annotations: reads,
  permission: 'read',
  async handler(memory, { space_id, filename: name, limit, cursor }) {
    const history = await memory.bank.history({ space: space_id, filename: name || undefined, limit, cursor });
    const { commits, nextCursor, unreadable } = history;
    return {
      status: 'ok' as const,
      commits: commits.map(entryOf),
      next_cursor: nextCursor,
      unreadable: unreadable.length > 0 ? [...unreadable] : undefined,
    };
  },
});

function entryOf({ restored, files, warnings, ...entry }: HistoryEntry): z.output<typeof commit> {
  return {
    ...entry,
    restored: restored || undefined,
    files: [...files],
    warnings: warnings && warnings.length > 0 ? [...warnings] : undefined,
  };
}
