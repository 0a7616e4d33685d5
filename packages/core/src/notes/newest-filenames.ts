import type { ListOptions, ObjectStore } from '../ports/object-store.ts';
import { LIST_PAGE } from '../ports/object-store.ts';
import { livePrefix, parseNoteFilename } from './note-key.ts';

/** Which part of the notes, in names. */
export interface NewestFilenamesOptions {
  /** Only file names before this one. */
  readonly before?: string | undefined;
  /** Only file names from this on; a key stamp or part of one. */
  readonly from?: string | undefined;
  /** How many will probably be wanted: how far back the first look goes. */
  readonly wanted: number;
}

/** File names of notes, newest first, and how far back they reach: there are no others from `floor` on. */
export interface NewestFilenames {
  readonly filenames: readonly string[];
  readonly floor: string;
  /** There are none before `floor`. */
  readonly last: boolean;
}

/**
 * Lists notes from the newest on, although stores list from the oldest: up to a thousand notes in one listing; of more, first the
 * days there are (one listing per thousand days), then the newest days, as many as probably hold what is wanted, then twice as
 * many, and so on. A listing more for every thousand notes in the days looked at.
 */
export async function* newestFilenames(
  store: ObjectStore,
  space: string,
  { before, from = '', wanted }: NewestFilenamesOptions,
): AsyncGenerator<NewestFilenames, void, undefined> {
  const prefix = livePrefix(space);
  const within = (filename: string): boolean => filename >= from && (before === undefined || filename < before);
  const startAfter = from === '' ? undefined : prefix + justBefore(from);
  const oldest = await listFilenames(store, prefix, { startAfter, limit: LIST_PAGE });
  if (oldest.listed < LIST_PAGE) {
    yield { filenames: oldest.filenames.filter(within).toReversed(), floor: '', last: true };
    return;
  }
  const days = (await listDays(store, prefix, startAfter)).filter((day) => before === undefined || day <= before);
  // A listing costs the same whether it shows fifty notes or a thousand.
  let take = Math.ceil(Math.max(2 * wanted, LIST_PAGE / 2) / perDay(oldest.filenames));
  if (days.length === 0) yield { filenames: [], floor: '', last: true };
  for (let end = days.length; end > 0; take *= 2) {
    const start = Math.max(0, end - take);
    const first = days[start] ?? '';
    const { filenames } = await listFilenames(store, prefix, { startAfter: prefix + justBefore(first) }, days[end]);
    yield { filenames: filenames.filter(within).toReversed(), floor: first, last: start === 0 };
    end = start;
  }
}

/** A text that sorts just before every text that begins with this one. */
function justBefore(text: string): string {
  return text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) - 1);
}

function perDay(filenames: readonly string[]): number {
  const days = new Set(filenames.map((filename) => filename.slice(0, 8)));
  return Math.max(1, filenames.length / Math.max(1, days.size));
}

async function listFilenames(
  store: ObjectStore,
  prefix: string,
  options: ListOptions,
  until?: string,
): Promise<{ filenames: string[]; listed: number }> {
  const filenames: string[] = [];
  let listed = 0;
  for await (const entry of store.list(prefix, options)) {
    listed++;
    const filename = 'key' in entry ? entry.key.slice(prefix.length) : '';
    if (until !== undefined && filename >= until) break;
    if (parseNoteFilename(filename)) filenames.push(filename);
  }
  return { filenames, listed };
}

/** `YYYYMMDDT` of every day that has notes, oldest first. */
async function listDays(store: ObjectStore, prefix: string, startAfter: string | undefined): Promise<string[]> {
  const days: string[] = [];
  for await (const entry of store.list(prefix, { startAfter, delimiter: 'T' })) {
    const day = 'prefix' in entry ? entry.prefix.slice(prefix.length) : '';
    if (/^\d{8}T$/.test(day)) days.push(day);
  }
  return days;
}
