import { z } from 'zod';
import { documentFields } from '../bank/document-fields.ts';
import { count, liveFields, moment, spaceId, unreadableFiles } from '../fields.ts';
import { defineTool, reads } from '../tool.ts';
import { liveOf } from './space-info.ts';

/** All that an agent needs to start. */
export const spaceSummary = defineTool({
  name: 'space_summary',
  title: 'Summarise a space',
  description:
    'Gives all that is needed to start in a space, in one call and as of one moment: description, rules, synthesis, the whole bank, and how many notes wait. Use it first, when you begin to work. Next: live_read for the notes that are not in the bank yet.',
  input: z.strictObject({ space_id: spaceId }),
  output: z.strictObject({
    status: z.literal('ok'),
    space_id: z.string(),
    description: z.string(),
    rules: z.string().describe('Markdown'),
    bank_files: z.array(z.strictObject(documentFields)),
    bank_file_count: count,
    unreadable: unreadableFiles,
    synthesis: z.string().optional().describe('Markdown; absent before the first consolidation'),
    live: z.strictObject(liveFields),
    last_consolidation: moment.optional(),
  }),
  annotations: reads,
  permission: 'read',
  async handler(memory, { space_id }) {
    const summary = await memory.spaces.summary({ space: space_id });
    return {
      status: 'ok' as const,
      space_id: summary.space,
      description: summary.description,
      rules: summary.rules,
      bank_files: summary.documents.map((document) => ({ ...document })),
      bank_file_count: summary.documents.length,
      unreadable: summary.unreadable.length > 0 ? [...summary.unreadable] : undefined,
      synthesis: summary.synthesis || undefined,
      live: liveOf(summary),
      last_consolidation: summary.lastConsolidation,
    };
  },
});
