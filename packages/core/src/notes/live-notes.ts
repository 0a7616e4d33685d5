import { StoreUnavailableError, UnreadableObjectError } from '../errors.ts';
import { existingHead } from '../log/existing-head.ts';
import { type Liveness, readLiveness } from '../log/liveness.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import type { StoredNote } from './note.ts';
import { livePrefix, parseNoteFilename } from './note-key.ts';
import { decodeNote } from './note-text.ts';

/** How often a reading begins anew because notes were consumed meanwhile. */
export const MAX_STARTS = 5;

/** Live notes of one moment, and those that cannot be read. */
export interface LiveNotes extends Liveness {
  /** In the order of their file names: oldest first. */
  readonly notes: readonly StoredNote[];
  readonly unreadable: readonly UnreadableNote[];
}

/** A stored note that cannot be read: it does not hide the others. */
export interface UnreadableNote {
  readonly filename: string;
  readonly reason: string;
}

/** What reading some notes gave: a `missing` one was consumed, or deleted, since it was listed. */
export interface LoadedNotes {
  readonly notes: readonly StoredNote[];
  readonly unreadable: readonly UnreadableNote[];
  readonly missing: readonly string[];
}

/** All notes listed, in the order of their file names, with the bytes of each. A listing for every thousand. */
export async function listNotes({ store, storeTime }: Parts, space: OpenSpace): Promise<ReadonlyMap<string, number>> {
  const at = await storeTime();
  const sizes = new Map<string, number>();
  for await (const entry of store.list(livePrefix(space.id))) {
    const filename = 'key' in entry ? entry.key.slice(livePrefix(space.id).length) : '';
    if ('size' in entry && parseNoteFilename(filename)) sizes.set(filename, entry.size);
  }
  space.lastListing = { at, filenames: sizes };
  return sizes;
}

/**
 * All live notes, whole. The hint, a listing per thousand notes, the head, then the notes not read before: each after the other.
 */
export async function readLiveNotes(parts: Parts, space: OpenSpace): Promise<LiveNotes> {
  for (let start = 1; start <= MAX_STARTS; start++) {
    const hint = await space.log.hint();
    const listed = await listNotes(parts, space);
    const liveness = await readLiveness(space, await existingHead(parts, space), hint);
    const names = liveFilenames(listed.keys(), liveness);
    const { notes, unreadable, missing } = await loadNotes(parts, space, names, liveness.restored);
    // One that vanished since it was listed was consumed: what is live must be asked again.
    if (missing.length === 0) return { ...liveness, notes: notes.filter(liveness.belongs), unreadable };
  }
  throw new StoreUnavailableError('the notes changed faster than they could be read: try again');
}

/** Listed or brought back, and not consumed. */
export function liveFilenames(listed: Iterable<string>, { gone, restored }: Liveness): string[] {
  return [...new Set([...listed, ...restored.keys()])].filter((filename) => !gone.has(filename)).toSorted();
}

/** Reads notes, those remembered without a request; unreadable ones do not hide the others. */
export async function loadNotes(
  { store }: Parts,
  space: OpenSpace,
  filenames: readonly string[],
  restored: ReadonlyMap<string, string>,
): Promise<LoadedNotes> {
  const unknown = filenames.filter((filename) => !space.notes.get(filename) && !restored.has(filename));
  const answers = await store.getMany(unknown.map((filename) => livePrefix(space.id) + filename));
  const texts = new Map(unknown.map((filename, index) => [filename, answers[index]]));
  const notes: StoredNote[] = [];
  const unreadable: UnreadableNote[] = [];
  const missing: string[] = [];
  for (const filename of filenames) {
    const answer = texts.get(filename);
    const text = answer && !(answer instanceof UnreadableObjectError) ? answer.body : restored.get(filename);
    const note = space.notes.get(filename) ?? (text === undefined ? answer : decoded(space, filename, text));
    if (note instanceof UnreadableObjectError) unreadable.push({ filename, reason: note.message });
    else if (note && 'text' in note) notes.push(note);
    else missing.push(filename);
  }
  return { notes, unreadable, missing };
}

function decoded(space: OpenSpace, filename: string, text: string): StoredNote | UnreadableObjectError {
  try {
    const note = { ...decodeNote(livePrefix(space.id) + filename, text), text };
    space.notes.set(filename, note);
    return note;
  } catch (error) {
    if (error instanceof UnreadableObjectError) return error;
    throw error;
  }
}
