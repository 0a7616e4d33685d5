import { z } from 'zod';
import { filtersOf, noteFields, noteFilters, pageFields, spaceId } from '../fields.ts';
import { defineTool, reads } from '../tool.ts';
import { noteOf, pageOf } from './page-of.ts';

/** Reads live notes. */
export const liveRead = defineTool({
  name: 'live_read',
  title: 'Read notes',
  description:
    'Reads the notes that are not consolidated yet, newest first. Use it to see what happened since the last consolidation. Next: call it again with next_cursor while has_more is true; live_search finds notes by what they say; bank_read_all has what was consolidated.',
  input: z.strictObject({
    space_id: spaceId,
    limit: z.int().min(1).max(500).default(50).describe('Notes in one answer, 1 to 500. Example: 50'),
    ...noteFilters,
  }),
  output: z.strictObject({ status: z.literal('ok'), notes: z.array(z.strictObject(noteFields)), ...pageFields }),
  annotations: reads,
  permission: 'read',
  async handler(memory, { space_id, limit, ...filters }) {
    const found = await memory.notes.read({ space: space_id, limit, ...filtersOf(filters) });
    return { status: 'ok' as const, notes: found.notes.map(noteOf), ...pageOf(found) };
  },
});
