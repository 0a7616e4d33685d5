import { z } from 'zod';
import type { Parts } from '../log/open-space.ts';
import { spaceId } from '../spaces/space.ts';
import { validate } from '../validate.ts';
import { type FoundNotes, findNotes } from './find-notes.ts';
import { parseInstant } from './instant.ts';
import { agentName, type Category, categoryName } from './note.ts';
import { parseNoteFilename } from './note-key.ts';

/** Which notes; all that is given must hold. */
export interface NoteFilters {
  readonly category?: Category | undefined;
  /** Whose notes: the name in the note, whole. */
  readonly agent?: string | undefined;
  /** ISO 8601, any offset; without one, UTC. Notes of that moment and later. */
  readonly since?: string | undefined;
  /** `nextCursor` of the answer before. */
  readonly cursor?: string | undefined;
}

/** What {@link ReadNotes} takes. */
export interface ReadNotesInput extends NoteFilters {
  readonly space: string;
  /** 1 to 500; 50. */
  readonly limit?: number | undefined;
}

/**
 * Reads live notes, newest first (by the second; a note may arrive behind the cursor where agents' requests are slow).
 *
 * Cost: see {@link findNotes}: for the newest 50 of 10,000 notes, 4 listings, the hint and 50 GETs; warm, without the hint, and
 * only notes not read before. With an agent, notes are read until the answer is full.
 * @throws {@link InvalidInputError}
 * @throws {@link SpaceNotFoundError}
 */
export type ReadNotes = (input: ReadNotesInput) => Promise<FoundNotes>;

interface FilterFields {
  readonly category: z.ZodType<Category | undefined>;
  readonly agent: z.ZodType<string | undefined>;
  readonly since: z.ZodType<number | undefined>;
  readonly cursor: z.ZodType<string | undefined>;
}

/** Filters as every use case takes them; `since` becomes milliseconds. */
export const filterFields: FilterFields = {
  category: categoryName.optional(),
  agent: agentName.optional(),
  since: z
    .string()
    .refine((text) => parseInstant(text) !== undefined, 'is no ISO 8601 time, for instance 2026-11-25T08:00:00+01:00')
    .transform((text) => parseInstant(text) ?? 0)
    .optional(),
  cursor: z
    .string()
    .refine((name) => parseNoteFilename(name) !== undefined, 'is no cursor: take next_cursor of the answer before')
    .optional(),
};

const inputSchema = z.strictObject({
  space: spaceId,
  limit: z.number().int().min(1).max(500).default(50),
  ...filterFields,
});

/** See {@link ReadNotes}. */
export function createReadNotes(parts: Parts): ReadNotes {
  return async function readNotes(input) {
    const { space, agent, ...options } = validate(inputSchema, input);
    const matches = agent === undefined ? undefined : (note: { readonly agent: string }) => note.agent === agent;
    return findNotes(parts, parts.open(space), { ...options, matches });
  };
}
