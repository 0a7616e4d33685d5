import { z } from 'zod';
import { count, spaceId } from '../fields.ts';
import { defineTool, sets } from '../tool.ts';

/** Takes notes written elsewhere. For the command line: it is no part of what agents are offered. */
export const liveImport = defineTool({
  name: 'live_import',
  title: 'Import notes',
  description:
    'Takes notes written elsewhere, under their own time and agent. All lines are checked before the first is written, and a line is the same note whenever it is imported: an import that was interrupted is simply run again. Next: bank_consolidate.',
  input: z.strictObject({
    space_id: spaceId,
    lines: z
      .array(z.string())
      .describe(
        'JSON Lines, at most 100,000. Example: {"timestamp":"2026-11-25T08:00:00Z","agent":"cline","category":"decision","tags":["s3"],"content":"…"}',
      ),
  }),
  output: z.strictObject({
    status: z.literal('ok'),
    lines: count.describe('Lines that hold a note'),
    imported: count.describe('Notes this call wrote'),
    already_there: count.describe('Notes that an earlier line or import had written'),
  }),
  annotations: sets,
  permission: 'manage',
  async handler(memory, { space_id, lines }, { signal, onProgress }) {
    const { alreadyThere, ...counts } = await memory.notes.import({ space: space_id, lines, signal, onProgress });
    return { status: 'ok' as const, ...counts, already_there: alreadyThere };
  },
});
