import { z } from 'zod';
import { filtersOf, noteFields, noteFilters, pageFields, spaceId } from '../fields.ts';
import { defineTool, reads } from '../tool.ts';
import { noteOf, pageOf } from './page-of.ts';

const hit = z.strictObject({
  ...noteFields,
  snippet: z.string().describe('The text around the first place where the query was found, in one line'),
});

/** Finds live notes by what they say. */
export const liveSearch = defineTool({
  name: 'live_search',
  title: 'Search notes',
  description:
    'Finds notes that hold a text in their content or tags, newest first; letter case does not matter. Use it before you write what may be noted already. Next: bank_read_all for what was consolidated and is no longer among the notes.',
  input: z.strictObject({
    space_id: spaceId,
    query: z
      .string()
      .describe('Text to find, 1 to 500 characters, as it stands in the note. Example: "create-if-absent"'),
    limit: z.int().min(1).max(100).default(20).describe('Notes in one answer, 1 to 100. Example: 20'),
    ...noteFilters,
  }),
  output: z.strictObject({ status: z.literal('ok'), query: z.string(), notes: z.array(hit), ...pageFields }),
  annotations: reads,
  permission: 'read',
  async handler(memory, { space_id, query, limit, ...filters }) {
    const found = await memory.notes.search({ space: space_id, query, limit, ...filtersOf(filters) });
    const notes = found.notes.map((note) => ({ ...noteOf(note), snippet: note.snippet }));
    return { status: 'ok' as const, query, notes, ...pageOf(found) };
  },
});
