import type { SpaceInfoAnswer } from '@live-mem/core';
import { z } from 'zod';
import { bytes, count, liveFields, moment, spaceId } from '../fields.ts';
import { defineTool, reads } from '../tool.ts';

/** Describes a space in numbers. */
export const spaceInfo = defineTool({
  name: 'space_info',
  title: 'Describe a space',
  description:
    'Tells what a space holds, in numbers: live notes, documents, consolidations. Use it to see whether a consolidation is due. Next: bank_consolidate when notes are waiting; space_summary to read everything.',
  input: z.strictObject({ space_id: spaceId }),
  output: z.strictObject({
    status: z.literal('ok'),
    space_id: z.string(),
    description: z.string(),
    owner: z.string(),
    created_at: moment.optional(),
    live: z.strictObject(liveFields),
    bank: z.strictObject({ files_count: count, total_size: bytes, files: z.array(z.string()).describe('File names') }),
    last_consolidation: moment.optional(),
    consolidation_count: count,
    synthesis_exists: z.boolean(),
  }),
  annotations: reads,
  permission: 'read',
  async handler(memory, { space_id }) {
    const info = await memory.spaces.info({ space: space_id });
    const { files, totalSize } = info.bank;
    return {
      status: 'ok' as const,
      space_id: info.space,
      description: info.description,
      owner: info.owner,
      created_at: info.createdAt || undefined,
      live: liveOf(info),
      bank: { files_count: files.length, total_size: totalSize, files: [...files] },
      last_consolidation: info.lastConsolidation,
      consolidation_count: info.consolidationCount,
      synthesis_exists: info.synthesisExists,
    };
  },
});

/** How many live notes there are, and from when. */
export function liveOf({ live }: Pick<SpaceInfoAnswer, 'live'>) {
  return { notes_count: live.count, total_size: live.totalSize, oldest_note: live.oldest, newest_note: live.newest };
}
