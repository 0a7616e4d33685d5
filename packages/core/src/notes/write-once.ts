import { z } from 'zod';
import { RequestReusedError, UnreadableObjectError, WriteConflictError } from '../errors.ts';
import { parseJson } from '../json.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { requestKey } from '../log/space-keys.ts';
import { sha256Hex, utf8Length } from '../text.ts';
import type { Note } from './note.ts';
import { isNoteFilename } from './note-key.ts';
import { encodeNote } from './note-text.ts';
import { nameOf, putNote, storedSince, type UnnamedNote, type WrittenNote } from './put-note.ts';

const recordSchema = z.object({
  key: z.string().refine(isNoteFilename, 'is no name of a note'),
  sha256: z.string(),
  timestamp: z.string(),
  head: z.number().int().min(0),
});

/** What a request id wrote. The name holds the time of the first attempt, so a retry takes it from here. */
interface RequestRecord {
  /** File name of the note. */
  readonly key: string;
  /** Of what the note says, whatever its time. */
  readonly sha256: string;
  readonly timestamp: string;
  /** The space's head before the note was written: no commit up to it can have consumed the note. */
  readonly head: number;
}

/** The request that a note must be written once for, and the head of the space before it. */
export interface RequestOnce {
  readonly id: string;
  readonly head: number;
  /** Of a space whose id had lives before: what an earlier life wrote is not told in this one. */
  readonly laterLife?: string | undefined;
}

/**
 * Writes a note unless this request id has written it before, whether it is live or was consumed meanwhile.
 * Cost: 2 PUTs; on a retry 1 PUT and 2 GETs, and where the note is not there, the commits since.
 */
export async function writeOnce(
  parts: Parts,
  space: OpenSpace,
  draft: UnnamedNote,
  { id, head, laterLife }: RequestOnce,
): Promise<WrittenNote> {
  const said = sha256Hex(JSON.stringify([draft.category, draft.tags, draft.content]));
  const mine = { key: nameOf(draft, parts.newId().slice(0, 8)), sha256: said, timestamp: draft.timestamp, head };
  const asked = [draft.agent, id, ...(laterLife === undefined ? [] : [laterLife])];
  const key = requestKey(space.id, sha256Hex(JSON.stringify(asked)));
  const record = await claim(parts, key, mine);
  if (record.sha256 !== said) throw new RequestReusedError();
  const note: Note = { ...draft, timestamp: record.timestamp, filename: record.key };
  const written = { ...note, size: utf8Length(encodeNote(note, space.id)) };
  if (record !== mine && (await storedSince(parts, space, record.key, record.head)) !== undefined) return written;
  try {
    return await putNote(parts, space, note);
  } catch (error) {
    // Another attempt of the same request came first, or our own whose answer was lost: it wrote the same.
    if (error instanceof WriteConflictError) return written;
    throw error;
  }
}

/** The record of the request: ours, or the one an earlier attempt left. */
async function claim({ store }: Parts, key: string, mine: RequestRecord): Promise<RequestRecord> {
  try {
    await store.put(key, `${JSON.stringify(mine)}\n`, { absent: true });
    return mine;
  } catch (error) {
    if (!(error instanceof WriteConflictError)) throw error;
    const stored = await store.get(key);
    const record = recordSchema.safeParse(stored && parseJson(key, stored.body));
    if (!record.success) throw new UnreadableObjectError(key, 'it is no record of a request', { cause: error });
    return record.data;
  }
}
