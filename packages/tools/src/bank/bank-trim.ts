import { z } from 'zod';
import { bytes, commitNumber, count, spaceId } from '../fields.ts';
import { defineTool, removes } from '../tool.ts';

/** Takes the texts out of old commits. */
export const bankTrim = defineTool({
  name: 'bank_trim',
  title: 'Trim the history',
  description:
    'Takes the texts out of commits older than some days, which then can be seen but neither compared nor undone; the bank, and undoing younger changes, stay as they are. Without dry_run=false it only says what it would do. Use it when the history has grown large. Next: bank_history.',
  input: z.strictObject({
    space_id: spaceId,
    older_than_days: z.int().min(7).max(36_500).default(7).describe('Days, 7 at least. Example: 90'),
    dry_run: z.boolean().default(true).describe('false: do it. true: say what would be done. Example: true'),
  }),
  output: z.strictObject({
    status: z.literal('ok'),
    trimmed: z.array(commitNumber),
    kept: count.describe('Commits that keep their texts'),
    bytes_freed: bytes,
    dry_run: z.literal(true).optional(),
  }),
  annotations: removes,
  permission: 'manage',
  async handler(memory, { space_id, older_than_days, dry_run }) {
    const done = await memory.bank.trim({ space: space_id, olderThanDays: older_than_days, dryRun: dry_run });
    return {
      status: 'ok' as const,
      trimmed: [...done.trimmed],
      kept: done.kept,
      bytes_freed: Math.max(0, done.bytesFreed),
      dry_run: dry_run ? (true as const) : undefined,
    };
  },
});
