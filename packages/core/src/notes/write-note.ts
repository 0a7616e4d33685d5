import { z } from 'zod';
import { WriteConflictError } from '../errors.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { spaceId } from '../spaces/space.ts';
import { utf8Length } from '../text.ts';
import { validate } from '../validate.ts';
import { formatInstant } from './instant.ts';
import { agentName, type Category, categoryName, noteContent, noteTags, storableText } from './note.ts';
import { encodeNote } from './note-text.ts';
import { knownLife, nameOf, putNote, storedSince, type UnnamedNote, type WrittenNote } from './put-note.ts';
import { writeOnce } from './write-once.ts';

const MAX_ATTEMPTS = 5;

/** What {@link WriteNote} takes. */
export interface WriteNoteInput {
  readonly space: string;
  /** Whose note it is: the name the agent's token gives. One line, at most 100 characters. */
  readonly agent: string;
  readonly category: Category;
  /** Markdown, 1 to 100,000 Unicode code points. */
  readonly content: string;
  /** At most 50, of 100 characters each. */
  readonly tags?: readonly string[] | undefined;
  /** Makes a retry write once: the same id with the same text, from the same agent, is the same note. At most 200 characters. */
  readonly requestId?: string | undefined;
}

/**
 * Leaves a note in a space. Notes are only added, so agents writing at once never collide.
 *
 * Cost: 1 PUT while the space was seen within 5 seconds; with a request id 1 PUT more, on a retry 2 GETs more in place of the PUT.
 * Else the space's head before it, 2 to 3 round trips; and once an hour the store's time, 1 more.
 * @throws {@link InvalidInputError}
 * @throws {@link SpaceNotFoundError} nobody created that space
 * @throws {@link RequestReusedError} the request id wrote another text
 */
export type WriteNote = (input: WriteNoteInput) => Promise<WrittenNote>;

const inputSchema = z.strictObject({
  space: spaceId,
  agent: agentName,
  category: categoryName,
  content: noteContent,
  tags: noteTags.default([]),
  requestId: storableText.refine((id) => id !== '' && id.length <= 200, 'takes 1 to 200 characters').optional(),
});

/** See {@link WriteNote}. */
export function createWriteNote(parts: Parts): WriteNote {
  return async function writeNote(input) {
    const { space: id, requestId, ...fields } = validate(inputSchema, input);
    const space = parts.open(id);
    const { life, laterLife, head } = await knownLife(parts, space);
    const timestamp = formatInstant(await parts.storeTime());
    const draft = { ...fields, timestamp, ...(life === undefined ? {} : { life }) };
    const request = requestId === undefined ? undefined : { id: requestId, head, laterLife };
    return request ? writeOnce(parts, space, draft, request) : writeNew(parts, space, draft, head);
  };
}

async function writeNew(parts: Parts, space: OpenSpace, draft: UnnamedNote, head: number): Promise<WrittenNote> {
  for (let attempt = 1; ; attempt++) {
    const note = { ...draft, filename: nameOf(draft, parts.newId().slice(0, 8)) };
    try {
      return await putNote(parts, space, note);
    } catch (error) {
      if (!(error instanceof WriteConflictError) || attempt === MAX_ATTEMPTS) throw error;
      // A store that lost the answer and asked again finds our own note in its way.
      const found = await storedSince(parts, space, note.filename, head);
      const text = encodeNote(note, space.id);
      if (found === text) return { ...note, size: utf8Length(text) };
    }
  }
}
