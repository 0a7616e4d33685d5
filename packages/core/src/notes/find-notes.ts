import { StoreUnavailableError } from '../errors.ts';
import { existingHead } from '../log/existing-head.ts';
import { type Liveness, readLiveness } from '../log/liveness.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { loadNotes, MAX_STARTS, type UnreadableNote } from './live-notes.ts';
import { newestFilenames } from './newest-filenames.ts';
import { type Category, type Note, type StoredNote } from './note.ts';
import { keyStamp, parseNoteFilename } from './note-key.ts';

/** Notes read at once where a filter on what they say decides: few at first, more while nothing is found. */
const READ_AHEAD = { least: 50, most: 1_000 } as const;

/** Which notes, and how many. */
export interface FindNotesOptions {
  readonly limit: number;
  readonly category?: Category | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly since?: number | undefined;
  /** Only notes older than the one of this file name. */
  readonly cursor?: string | undefined;
  /** What only the note itself can tell; absent: every note will do. */
  readonly matches?: ((note: Note) => boolean) | undefined;
}

/** A page of notes. */
export interface FoundNotes {
  /** Newest first. */
  readonly notes: readonly Note[];
  readonly unreadable: readonly UnreadableNote[];
  /** Notes known to match. */
  readonly total: number;
  /** Whether there are no others. */
  readonly totalExact: boolean;
  readonly hasMore: boolean;
  /** Continues after the last note of this answer; absent where there is nothing more. */
  readonly nextCursor?: string | undefined;
}

/**
 * The newest live notes that match, newest first. The category is in the name of a note; what `matches` decides must be read.
 *
 * Cost, one after another: the hint, the listings of {@link newestFilenames}, the head, then a GET for each note of the answer that
 * this process has not read (with `matches`: for each note looked at).
 */
export async function findNotes(parts: Parts, space: OpenSpace, options: FindNotesOptions): Promise<FoundNotes> {
  for (let start = 1; start <= MAX_STARTS; start++) {
    const found = await findOnce(parts, space, options);
    if (found !== 'start again') return found;
  }
  throw new StoreUnavailableError('the notes changed faster than they could be read: try again');
}

interface Search {
  readonly found: StoredNote[];
  readonly unreadable: UnreadableNote[];
  /** File names that may match, newest first, not read yet. */
  waiting: string[];
  exhausted: boolean;
}

async function findOnce(
  parts: Parts,
  space: OpenSpace,
  options: FindNotesOptions,
): Promise<FoundNotes | 'start again'> {
  const search: Search = { found: [], unreadable: [], waiting: [], exhausted: false };
  const seen = new Set<string>();
  const hint = await space.log.hint();
  const { cursor: before, since, limit: wanted } = options;
  const from = since === undefined ? undefined : keyStamp(since);
  for await (const { filenames, floor, last } of newestFilenames(parts.store, space.id, { before, from, wanted })) {
    const liveness = await readLiveness(space, await existingHead(parts, space), hint);
    const fresh = candidates(filenames, floor, liveness, options).filter((filename) => !seen.has(filename));
    for (const filename of fresh) seen.add(filename);
    search.waiting.push(...fresh);
    search.exhausted = last;
    if (!(await readOn(parts, space, search, liveness, options))) return 'start again';
    if (search.found.length >= options.limit) break;
  }
  return answer(search, options);
}

/** What the names tell: live, not before `floor`, older than the cursor, of the category. */
function candidates(
  listed: readonly string[],
  floor: string,
  { gone, restored }: Liveness,
  options: FindNotesOptions,
): string[] {
  const { category, cursor, since } = options;
  const from = since === undefined ? '' : keyStamp(since);
  const back = [...restored.keys()].filter(
    (name) => name >= floor && name >= from && (cursor === undefined || name < cursor),
  );
  return [...new Set([...listed, ...back])]
    .filter((name) => !gone.has(name) && (category === undefined || parseNoteFilename(name)?.category === category))
    .toSorted()
    .toReversed();
}

/** Reads candidates until the answer is full. @returns false where one vanished: it was consumed since it was listed */
async function readOn(
  parts: Parts,
  space: OpenSpace,
  search: Search,
  liveness: Liveness,
  options: FindNotesOptions,
): Promise<boolean> {
  const { limit, since = 0, matches } = options;
  let ahead: number = READ_AHEAD.least;
  while (search.waiting.length > 0 && search.found.length < limit) {
    const count = matches ? ahead : limit - search.found.length;
    ahead = Math.min(2 * ahead, READ_AHEAD.most);
    const names = search.waiting.slice(0, count);
    const { notes, unreadable, missing } = await loadNotes(parts, space, names, liveness.restored);
    if (missing.length > 0) return false;
    const byName = new Map(notes.map((note) => [note.filename, note]));
    for (const name of names) {
      if (search.found.length === limit) break;
      search.waiting.shift();
      const note = byName.get(name);
      const fits = note && liveness.belongs(note) && Date.parse(note.timestamp) >= since && (!matches || matches(note));
      if (fits) search.found.push(note);
    }
    search.unreadable.push(...unreadable.filter(({ filename }) => !search.waiting.includes(filename)));
  }
  return true;
}

function answer({ found, unreadable, waiting, exhausted }: Search, { matches }: FindNotesOptions): FoundNotes {
  const hasMore = waiting.length > 0 || !exhausted;
  const nextCursor = hasMore ? found.at(-1)?.filename : undefined;
  const total = matches ? found.length : found.length + waiting.length;
  const totalExact = exhausted && (!matches || waiting.length === 0);
  const notes = found
    .toSorted((a, b) => compare(b.timestamp, a.timestamp) || compare(b.filename, a.filename))
    .map(withoutText);
  return { notes, unreadable, total, totalExact, hasMore, ...(nextCursor === undefined ? {} : { nextCursor }) };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function withoutText({ filename, timestamp, agent, category, tags, content, life }: StoredNote): Note {
  return { filename, timestamp, agent, category, tags, content, ...(life === undefined ? {} : { life }) };
}
