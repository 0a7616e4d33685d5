import { z } from 'zod';
import { AT_ONCE, mapAtMost } from '../concurrency.ts';
import { CancelledError, type InputFault, InvalidInputError } from '../errors.ts';
import { jsonOrUndefined } from '../json.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { putIfAbsent } from '../log/put-if-absent.ts';
import { requestKey, requestPrefix } from '../log/space-keys.ts';
import { spaceId } from '../spaces/space.ts';
import { sha256Hex } from '../text.ts';
import { faultsOf, validate } from '../validate.ts';
import { formatInstant, parseInstant } from './instant.ts';
import { listNotes } from './live-notes.ts';
import { agentName, categoryName, noteContent, noteTags } from './note.ts';
import { livePrefix } from './note-key.ts';
import { encodeNote } from './note-text.ts';
import { knownLife, nameOf, type UnnamedNote } from './put-note.ts';

const MAX_LINES = 100_000;
const FAULTS_TOLD = 20;
const COMMITS_AT_ONCE = 20;

/** What {@link ImportNotes} takes. */
export interface ImportNotesInput {
  readonly space: string;
  /** JSON Lines: `{"timestamp", "agent", "category", "tags", "content"}` each; empty lines do not count. At most 100,000. */
  readonly lines: Iterable<string>;
  readonly signal?: AbortSignal | undefined;
  /** Called now and then, with the lines done and all of them. */
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

/** How many lines are dealt with. */
export interface ImportProgress {
  readonly done: number;
  readonly total: number;
}

/** What an import did. */
export interface ImportedNotes {
  /** Lines that hold a note. */
  readonly lines: number;
  /** Notes this call wrote. */
  readonly imported: number;
  /** Notes that an earlier line or import had written, be they live or consolidated meanwhile. */
  readonly alreadyThere: number;
}

/**
 * Takes notes written elsewhere, under their own time and agent. A line is the same note wherever and whenever it is imported, so
 * an import that was interrupted is simply run again. All lines are checked before the first is written.
 *
 * Cost: the space's head, a listing per thousand notes and per thousand lines imported before, 2 PUTs for each new note, 32 at
 * once; where lines were imported before and are not live, the whole log once.
 * @throws {@link InvalidInputError} names the lines that are no notes; nothing was written
 * @throws {@link SpaceNotFoundError}
 * @throws {@link CancelledError} what was written stays; run it again to go on
 */
export type ImportNotes = (input: ImportNotesInput) => Promise<ImportedNotes>;

const lineSchema = z.strictObject({
  timestamp: z.string().refine((text) => parseInstant(text) !== undefined, 'is no ISO 8601 time'),
  agent: agentName,
  category: categoryName,
  tags: noteTags.default([]),
  content: noteContent,
});

const isLines = (value: unknown): boolean => typeof value === 'object' && value !== null && Symbol.iterator in value;

const inputSchema = z.strictObject({
  space: spaceId,
  lines: z.custom<Iterable<string>>(isLines, 'takes lines, one JSON object each'),
  signal: z.custom<AbortSignal>().optional(),
  onProgress: z.custom<(progress: ImportProgress) => void>().optional(),
});

/** See {@link ImportNotes}. */
export function createImportNotes(parts: Parts): ImportNotes {
  return async function importNotes(input) {
    const { space: id, lines, signal, onProgress } = validate(inputSchema, input);
    const space = parts.open(id);
    const given = readLines(lines);
    const { life, laterLife, head } = await knownLife(parts, space);
    const entries = laterLife === undefined ? given : inLaterLife(given, laterLife);
    const [claimed, listed] = [await listClaims(parts, space), await listNotes(parts, space)];
    const fresh = [...entries.unique.values()].filter(({ hash, name }) => !(claimed.has(hash) && listed.has(name)));
    const pending = fresh.filter(({ hash }) => claimed.has(hash)).map(({ name }) => name);
    const consumed = pending.length > 0 ? await consumedAmong(parts, space, pending) : new Set<string>();
    const wanted = fresh.filter(({ name }) => !consumed.has(name));
    let done = entries.unique.size - wanted.length;
    const written = await mapAtMost(wanted, AT_ONCE, async (entry) => {
      if (signal?.aborted) throw new CancelledError('the import was cancelled: run it again to go on');
      const wrote = await importOne(parts, space, { ...entry, head, life });
      onProgress?.({ done: ++done, total: entries.unique.size });
      return wrote;
    });
    const imported = written.filter(Boolean).length;
    return { lines: entries.count, imported, alreadyThere: entries.count - imported };
  };
}

interface Entry {
  /** Identifies the line; also the name of its record. */
  readonly hash: string;
  /** File name, which the line alone decides. */
  readonly name: string;
  readonly note: UnnamedNote;
}

interface Entries {
  readonly unique: ReadonlyMap<string, Entry>;
  readonly count: number;
}

/** What an earlier life of the id imported, and perhaps consumed, is not there in this one: its lines are other notes here. */
function inLaterLife({ unique, count }: Entries, life: string): Entries {
  const renamed = [...unique.values()].map((entry) => {
    const hash = sha256Hex(life + entry.hash);
    return [hash, { ...entry, hash, name: nameOf(entry.note, hash.slice(0, 8)) }] as const;
  });
  return { unique: new Map(renamed), count };
}

function readLines(lines: Iterable<string>): Entries {
  const unique = new Map<string, Entry>();
  const faults: InputFault[] = [];
  let [number, count] = [0, 0];
  for (const line of lines) {
    number++;
    if (line.trim() === '') continue;
    if (++count > MAX_LINES)
      throw new InvalidInputError([{ at: `line ${number}`, message: `more than ${MAX_LINES} notes: split the file` }]);
    const entry = readLine(number === 1 ? line.replace(/^\uFEFF/, '') : line);
    if (Array.isArray(entry))
      faults.push(...entry.map(({ at, message }) => ({ at: `line ${number}: ${at}`, message })));
    else unique.set(entry.hash, entry);
  }
  if (faults.length > FAULTS_TOLD)
    faults.splice(FAULTS_TOLD, faults.length, { at: 'and', message: `${faults.length - FAULTS_TOLD} more faults` });
  if (faults.length > 0) throw new InvalidInputError(faults);
  return { unique, count };
}

function readLine(line: string): Entry | InputFault[] {
  const json = jsonOrUndefined(line);
  if (json === undefined) return [{ at: 'JSON', message: 'it is no JSON object' }];
  const fields = lineSchema.safeParse(json);
  if (!fields.success) return faultsOf(fields.error);
  const { timestamp, ...rest } = fields.data;
  const note = { ...rest, timestamp: formatInstant(parseInstant(timestamp) ?? 0) };
  const hash = sha256Hex(
    JSON.stringify(['import', note.timestamp, note.agent, note.category, note.tags, note.content]),
  );
  return { hash, name: nameOf(note, hash.slice(0, 8)), note };
}

/** Hashes of the lines that some import has begun to write. */
async function listClaims({ store }: Parts, space: OpenSpace): Promise<Set<string>> {
  const claimed = new Set<string>();
  const prefix = requestPrefix(space.id);
  for await (const entry of store.list(prefix)) {
    if ('key' in entry) claimed.add(entry.key.slice(prefix.length, -'.json'.length));
  }
  return claimed;
}

/** Those of the notes that some commit consumed. */
async function consumedAmong(parts: Parts, space: OpenSpace, names: readonly string[]): Promise<Set<string>> {
  const [wanted, consumed] = [new Set(names), new Set<string>()];
  const head = await space.log.head();
  for (let from = 1; from <= (head?.n ?? 0); from += COMMITS_AT_ONCE) {
    const commits = await space.log.range(from, Math.min(from + COMMITS_AT_ONCE - 1, head?.n ?? 0));
    for (const { key } of commits.flatMap((commit) => commit.consumed)) if (wanted.has(key)) consumed.add(key);
  }
  return consumed;
}

interface Import extends Entry {
  readonly head: number;
  readonly life: string | undefined;
}

/** The record first: once it is there, a note that is gone was consumed, or never written. @returns whether this call wrote it */
async function importOne(parts: Parts, space: OpenSpace, { hash, name, note, head, life }: Import): Promise<boolean> {
  const record = { key: name, sha256: hash, timestamp: note.timestamp, head };
  const claimedNow = await putIfAbsent(parts.store, requestKey(space.id, hash), `${JSON.stringify(record)}\n`);
  if (!claimedNow && (await consumedAmong(parts, space, [name])).has(name)) return false;
  const named = { ...note, filename: name, ...(life === undefined ? {} : { life }) };
  return putIfAbsent(parts.store, livePrefix(space.id) + name, encodeNote(named, space.id));
}
