import { InvalidInputError, StoreRefusedError, UnreadableObjectError, WriteConflictError } from '../errors.ts';
import { parseInstant } from '../notes/instant.ts';
import { listNotes } from '../notes/live-notes.ts';
import { livePrefix } from '../notes/note-key.ts';
import type { Commit } from './commit.ts';
import { textOf } from './document-text.ts';
import { isAlive } from './existing-head.ts';
import type { OpenSpace, Parts } from './open-space.ts';
import { commitOutsideEdits, type OutsideEdit } from './outside-edits.ts';
import { type DocumentPath, RULES, SYNTHESIS } from './space-keys.ts';
import { soundHint } from './space-log.ts';
import { movesCounters, readMeta, type StoredMeta, writeMeta } from './space-meta.ts';
import type { StoredDocument } from './stored-documents.ts';

const MAX_STARTS = 5;
/** What was seen longer ago may have been changed by others who settled since. */
const FRESH_MS = 60_000;
const KNOWN_FOR_MS = 24 * 3_600_000;
const COMMITS_AT_ONCE = 32;

/**
 * Makes the objects show what the log says: documents, notes brought back or consumed, `_meta.json`, the hint. Anybody may, at any
 * time, beside others. A text that the log does not know is an edit by hand and goes into the log before anything is written over
 * it. Given up after five starts: readers are right all the same.
 *
 * Cost: a listing of `bank/` beside the synthesis and the rules (and of `live/` where notes were moved lately), the documents not
 * known to be right, the head; then one request for each object that differs, `_meta.json` where its counters moved, the hint.
 */
export async function settle(parts: Parts, space: OpenSpace): Promise<void> {
  const known = space.log.knownHead(Number.POSITIVE_INFINITY);
  let look = known ? lookNeeded(known, [known]) : { notes: false, meta: false };
  for (let start = 1; start <= MAX_STARTS; start++) {
    const outcome = await settleOnce(parts, space, look);
    if (outcome === 'settled') return;
    if (outcome !== 'start again') look = outcome;
  }
  parts.logger.warn('space not settled: too much changed meanwhile', { space: space.id });
}

/** {@link settle} after a commit: the change is made, whether its objects show it at once or later. */
export async function settleQuietly(parts: Parts, space: OpenSpace, commit: number): Promise<void> {
  try {
    await settle(parts, space);
  } catch (cause) {
    parts.logger.warn('change made, but its objects do not show it yet', { space: space.id, commit, cause });
  }
}

type Outcome = 'settled' | 'start again' | Look;

/** What else must be looked at, before the head is. */
interface Look {
  readonly notes: boolean;
  readonly meta: boolean;
}

/** What was stored, and what the log says of it; in this order. */
interface Seen {
  readonly head: Commit;
  /** Not known to be settled, the oldest first. */
  readonly unsettled: readonly Commit[];
  readonly stored: ReadonlyMap<DocumentPath, StoredDocument | UnreadableObjectError>;
  /** File names under `live/`; undefined where they were not listed. */
  readonly listed: ReadonlySet<string> | undefined;
  /** `_meta.json`; undefined where it was not looked at, or is not there. */
  readonly meta: StoredMeta | undefined;
  readonly isFresh: () => boolean;
}

async function settleOnce(parts: Parts, space: OpenSpace, look: Look): Promise<Outcome> {
  const began = parts.clock.monotonic();
  const hint = await space.log.hint();
  const [stored, listed, meta] = await Promise.all([
    readStored(space),
    look.notes ? listNotes(parts, space) : undefined,
    look.meta ? readMeta(parts, space) : undefined,
  ]);
  const head = await space.log.head();
  if (!head || !isAlive(head)) return 'settled';
  const unsettled = await space.log.range(soundHint(hint, head) + 1, head.n);
  const needed = lookNeeded(head, unsettled);
  if ((needed.notes && !look.notes) || (needed.meta && !look.meta)) return needed;
  const isFresh = (): boolean => parts.clock.monotonic() - began < FRESH_MS;
  const seen: Seen = { head, unsettled, stored, listed: listed && new Set(listed.keys()), meta, isFresh };
  const outside = await findOutsideEdits(parts, space, seen);
  if (outside.length > 0) {
    await commitOutsideEdits(parts, space, { head, unsettled, edits: outside });
    return 'start again';
  }
  return project(parts, space, seen);
}

function lookNeeded(head: Commit, unsettled: readonly Commit[]): Look {
  return { notes: [head, ...unsettled].some(movesNotes), meta: unsettled.some(movesCounters) };
}

/** Whether settling a commit needs to know which notes are there. */
function movesNotes(commit: Commit): boolean {
  return commit.consumed.length > 0 || commit.restored.length > 0 || Object.keys(commit.recent).length > 0;
}

/** Every document there is, those whose version this process knows without reading them again. */
async function readStored(space: OpenSpace): Promise<Map<DocumentPath, StoredDocument | UnreadableObjectError>> {
  const listed = await space.documents.list();
  const stored = new Map<DocumentPath, StoredDocument | UnreadableObjectError>();
  const unknown: DocumentPath[] = [SYNTHESIS, RULES];
  for (const [path, { version }] of listed) {
    const sha256 = space.documents.known(path, version);
    const text = sha256 === undefined ? undefined : space.documents.text(sha256);
    if (sha256 === undefined || text === undefined) unknown.push(path);
    else stored.set(path, { version, sha256, text });
  }
  for (const [path, document] of await space.documents.read(unknown)) stored.set(path, document);
  return stored;
}

async function findOutsideEdits(parts: Parts, space: OpenSpace, seen: Seen): Promise<OutsideEdit[]> {
  const edits: OutsideEdit[] = [];
  for (const [path, document] of seen.stored) {
    if (document instanceof UnreadableObjectError || document.sha256 === seen.head.bank[path]?.sha256) continue;
    if (!(await isKnownText(parts, space, seen, { path, sha256: document.sha256 }))) {
      edits.push({ path, text: document.text });
    }
  }
  return edits;
}

interface FoundText {
  readonly path: DocumentPath;
  readonly sha256: string;
}

/**
 * Whether a commit of the last 24 hours, or one that is not known to be shown, had this text before or after it: then it is a late
 * write, or one that its change has not replaced yet.
 */
async function isKnownText(
  parts: Parts,
  space: OpenSpace,
  { head, unsettled }: Seen,
  { path, sha256 }: FoundText,
): Promise<boolean> {
  const oldest = (await parts.storeTime()) - KNOWN_FOR_MS;
  const firstUnshown = unsettled[0]?.n ?? head.n + 1;
  const counts = ({ n, at }: Commit): boolean => n >= firstUnshown || (parseInstant(at) ?? 0) >= oldest;
  for (let [last, count] = [head.n, 1]; last > 0; last -= count, count = Math.min(2 * count, COMMITS_AT_ONCE)) {
    const commits = (await space.log.range(last - count + 1, last)).filter(counts);
    if (commits.some((commit) => hadText(commit, path, sha256))) return true;
    if (commits.length < Math.min(count, last)) return false;
  }
  return false;
}

function hadText({ docs, bank }: Commit, path: DocumentPath, sha256: string): boolean {
  return docs[path]?.before?.sha256 === sha256 || bank[path]?.sha256 === sha256;
}

async function project(parts: Parts, space: OpenSpace, seen: Seen): Promise<Outcome> {
  try {
    await showDocuments(parts, space, seen);
  } catch (error) {
    if (error instanceof WriteConflictError) return 'start again';
    throw error;
  }
  if (!seen.isFresh()) return 'start again';
  await showNotes(parts, space, seen);
  if (!(await writeMeta(parts, space, seen))) return 'start again';
  if (!seen.isFresh()) return 'start again';
  if (seen.unsettled.length > 0) await space.log.settled(seen.head.n);
  return 'settled';
}

/** @throws {@link WriteConflictError} a document was changed meanwhile, or too much time passed */
async function showDocuments(parts: Parts, space: OpenSpace, { head, stored, isFresh }: Seen): Promise<void> {
  const paths = new Set([...stored.keys(), ...Object.keys(head.bank)]);
  for (const path of paths) {
    const found = stored.get(path);
    const entry = head.bank[path];
    // What cannot be read cannot be kept in the log: it stays for a person to look at.
    if (found instanceof UnreadableObjectError || found?.sha256 === entry?.sha256) continue;
    if (!isFresh()) throw new WriteConflictError(path);
    await unlessRefused(parts, space, path, async () => {
      if (!entry) return space.documents.remove(path);
      const only = found ? { version: found.version } : ({ absent: true } as const);
      return space.documents.write(path, await textOf(space, head, path), only);
    });
  }
}

/** A document that the store will not take does not keep the others from being shown: readers have it from the log. */
async function unlessRefused(
  parts: Parts,
  space: OpenSpace,
  path: DocumentPath,
  show: () => Promise<void>,
): Promise<void> {
  try {
    await show();
  } catch (cause) {
    if (!(cause instanceof StoreRefusedError || cause instanceof InvalidInputError)) throw cause;
    parts.logger.warn('the store refuses a document', { space: space.id, path, cause });
  }
}

async function showNotes({ store }: Parts, space: OpenSpace, { head, unsettled, listed }: Seen): Promise<void> {
  if (!listed) return;
  const consumed = [head, ...unsettled].flatMap((commit) => commit.consumed.map(({ key }) => key));
  const gone = new Set([...Object.keys(head.recent), ...consumed]);
  const back = unsettled.flatMap(({ restored }) => restored).filter(({ key }) => !gone.has(key) && !listed.has(key));
  await Promise.all(back.map(({ key, text }) => putBack(store, livePrefix(space.id) + key, text)));
  await store.deleteMany(
    [...listed].filter((filename) => gone.has(filename)).map((filename) => livePrefix(space.id) + filename),
  );
}

async function putBack(store: Parts['store'], key: string, text: string): Promise<void> {
  try {
    await store.put(key, text, { absent: true });
  } catch (error) {
    if (!(error instanceof WriteConflictError)) throw error;
  }
}
