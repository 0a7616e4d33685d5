import type { Caller } from '@live-mem/core';
import { z } from 'zod';
import { count, moment, unreadableSpaces, wordList, wordsOf } from '../fields.ts';
import { defineTool, reads } from '../tool.ts';

/** Finds spaces whose notes wait. */
export const bankStaleSpaces = defineTool({
  name: 'bank_stale_spaces',
  title: 'Find waiting notes',
  description:
    'Lists the spaces you may enter in which notes have been waiting for a consolidation, the most notes first. Use it to decide where to consolidate. Next: bank_consolidate.',
  input: z.strictObject({
    min_notes: z.int().min(1).max(1_000_000).default(5).describe('Live notes at least. Example: 5'),
    min_age_days: z.number().min(0).max(36_500).default(5).describe('Days since the oldest, at least. Example: 5'),
    space_ids: wordList.default('').describe('Only these, separated by commas. Example: "alpha,beta". Empty: all'),
  }),
  output: z.strictObject({
    status: z.literal('ok'),
    spaces: z.array(
      z.strictObject({
        space_id: z.string(),
        notes: count,
        oldest_note: moment,
        age_days: count,
        last_consolidation: moment.optional(),
      }),
    ),
    scanned: z.array(z.string()),
    total_stale: count,
    unreadable: unreadableSpaces,
  }),
  annotations: reads,
  permission: 'read',
  async handler(memory, { min_notes, min_age_days, space_ids }, { caller }) {
    const spaces = chosen(caller, wordsOf(space_ids));
    const found = await memory.spaces.stale({ minNotes: min_notes, minAgeDays: min_age_days, spaces });
    return {
      status: 'ok' as const,
      spaces: found.stale.map(({ space, notes, oldest, ageDays, lastConsolidation }) => ({
        space_id: space,
        notes,
        oldest_note: oldest,
        age_days: ageDays,
        last_consolidation: lastConsolidation,
      })),
      scanned: [...found.scanned],
      total_stale: found.stale.length,
      unreadable:
        found.unreadable.length > 0
          ? found.unreadable.map(({ space, reason }) => ({ space_id: space, reason }))
          : undefined,
    };
  },
});

/** Spaces that are not on the caller's list are passed over, as if they were not there. */
function chosen({ spaces }: Caller, named: readonly string[]): readonly string[] | undefined {
  if (spaces === 'all') return named.length > 0 ? named : undefined;
  return named.length > 0 ? named.filter((id) => spaces.has(id)) : [...spaces];
}
