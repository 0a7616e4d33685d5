import { type UnreadableObjectError, WriteConflictError } from '../errors.ts';
import { listNotes } from '../notes/live-notes.ts';
import type { Commit } from './commit.ts';
import { isAlive } from './existing-head.ts';
import { findOutsideEdits } from './find-outside-edits.ts';
import type { OpenSpace, Parts } from './open-space.ts';
import { commitOutsideEdits } from './outside-edits.ts';
import type { Seen } from './seen.ts';
import { showDocuments, showNotes } from './show-head.ts';
import { type DocumentPath, RULES, SYNTHESIS } from './space-keys.ts';
import { soundHint } from './space-log.ts';
import { movesCounters, readMeta, writeMeta } from './space-meta.ts';
import type { StoredDocument } from './stored-documents.ts';

const MAX_STARTS = 5;
/** What was seen longer ago may have been changed by others who settled since. */
const FRESH_MS = 60_000;

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
  const passed = await space.log.range(soundHint(hint, head) + 1, head.n);
  // What an earlier life of the id brought back or filed is not to be shown in this one.
  const unsettled = passed.filter(({ life }) => life === head.life);
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
