import { existingHead } from '../log/existing-head.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { utf8Length } from '../text.ts';
import type { Note } from './note.ts';
import { livePrefix, noteFilename } from './note-key.ts';
import { encodeNote } from './note-text.ts';

/** How long a space that was seen is taken to exist: a note of an earlier life is never live, so being late harms nobody. */
const SPACE_KNOWN_MS = 5_000;

/** A note before it has its name. */
export type UnnamedNote = Omit<Note, 'filename'>;

/** A note as it was left. */
export interface WrittenNote extends Note {
  /** Bytes of the stored object. */
  readonly size: number;
}

/** @param unique 8 hexadecimal digits */
export function nameOf({ timestamp, agent, category }: UnnamedNote, unique: string): string {
  return noteFilename(Date.parse(timestamp), agent, category, unique);
}

/** @throws {@link WriteConflictError} there is a note of that name */
export async function putNote({ store }: Parts, space: OpenSpace, note: Note): Promise<WrittenNote> {
  const text = encodeNote(note, space.id);
  await store.put(livePrefix(space.id) + note.filename, text, { absent: true });
  return { ...note, size: utf8Length(text) };
}

/** The text under this name, also where it was consumed after commit `head`; undefined where there is none. */
export async function storedSince(
  { store }: Parts,
  space: OpenSpace,
  filename: string,
  head: number,
): Promise<string | undefined> {
  const stored = await store.get(livePrefix(space.id) + filename);
  if (stored) return stored.body;
  const newest = await space.log.head();
  const since = await space.log.range(head + 1, newest?.n ?? 0);
  return since.flatMap(({ consumed }) => consumed).find(({ key }) => key === filename)?.text;
}

/** What a note must know of its space. */
export interface KnownLife {
  readonly life: string | undefined;
  /** The life, where the id had others before. */
  readonly laterLife: string | undefined;
  /** The head then. */
  readonly head: number;
}

/** Which life the space is in. No request while the space was seen lately. */
export async function knownLife(parts: Parts, space: OpenSpace): Promise<KnownLife> {
  const head = await existingHead(parts, space, SPACE_KNOWN_MS);
  const laterLife = head && head.past_lives.length > 0 ? head.life : undefined;
  return { life: head?.life, laterLife, head: head?.n ?? 0 };
}
