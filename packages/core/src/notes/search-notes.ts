import { z } from 'zod';
import type { Parts } from '../log/open-space.ts';
import { spaceId } from '../spaces/space.ts';
import { validate } from '../validate.ts';
import { type FoundNotes, findNotes } from './find-notes.ts';
import { type Note, storableText } from './note.ts';
import { filterFields, type NoteFilters } from './read-notes.ts';

const AROUND = 80;

/** What {@link SearchNotes} takes. */
export interface SearchNotesInput extends NoteFilters {
  readonly space: string;
  /** 1 to 500 characters; found in the content or the tags, letter case aside. */
  readonly query: string;
  /** 1 to 100; 20. */
  readonly limit?: number | undefined;
}

/** A note that holds the text. */
export interface NoteHit extends Note {
  /** The content around the first place where the query was found, in one line; its beginning where only a tag held it. */
  readonly snippet: string;
}

/** A page of hits. */
export type FoundHits = Omit<FoundNotes, 'notes'> & { readonly notes: readonly NoteHit[] };

/**
 * Finds live notes that hold a text, newest first.
 * Cost: as {@link ReadNotes}, and each live note is read once in the life of this process.
 * @throws {@link InvalidInputError}
 * @throws {@link SpaceNotFoundError}
 */
export type SearchNotes = (input: SearchNotesInput) => Promise<FoundHits>;

const inputSchema = z.strictObject({
  space: spaceId,
  query: storableText.refine((text) => text.trim() !== '' && text.length <= 500, 'takes 1 to 500 characters'),
  limit: z.number().int().min(1).max(100).default(20),
  ...filterFields,
});

/** See {@link SearchNotes}. */
export function createSearchNotes(parts: Parts): SearchNotes {
  return async function searchNotes(input) {
    const { space, query, agent, ...options } = validate(inputSchema, input);
    const wanted = folded(query.trim());
    const matches = (note: Note): boolean => (agent === undefined || note.agent === agent) && holds(note, wanted);
    const found = await findNotes(parts, parts.open(space), { ...options, matches });
    return { ...found, notes: found.notes.map((note) => ({ ...note, snippet: snippetOf(note, wanted) })) };
  };
}

/** Letter case and the two Unicode forms of accents do not matter. */
function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

function holds({ content, tags }: Note, wanted: string): boolean {
  return folded(content).includes(wanted) || folded(tags.join(' ')).includes(wanted);
}

/** Where the words stand in the text as it is: folding may make it longer (`İ`). */
function placeOf(text: string, wanted: string): number {
  const inFolded = Math.max(0, folded(text).indexOf(wanted));
  let [at, length] = [0, 0];
  for (const char of text) {
    if (length >= inFolded) break;
    length += char.toLowerCase().length;
    at += char.length;
  }
  return at;
}

function snippetOf({ content }: Note, wanted: string): string {
  const text = content.normalize('NFC');
  const place = placeOf(text, wanted);
  const [start, end] = [Math.max(0, place - AROUND), Math.min(text.length, place + wanted.length + AROUND)];
  const cut = text.slice(start, end).toWellFormed().replace(/\s+/g, ' ').trim();
  return `${start > 0 ? '… ' : ''}${cut}${end < text.length ? ' …' : ''}`;
}
