import { readTexts, readTextsAsOf } from '../bank/read-texts.ts';
import { SpaceNotFoundError, StoreUnavailableError, UnreadableObjectError } from '../errors.ts';
import type { Commit } from '../log/commit.ts';
import { currentHead } from '../log/current-head.ts';
import { type Liveness, readLiveness } from '../log/liveness.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import type { DocumentPath } from '../log/space-keys.ts';
import { readMeta } from '../log/space-meta.ts';
import { listNotes, liveFilenames, MAX_STARTS } from '../notes/live-notes.ts';
import { livePrefix } from '../notes/note-key.ts';
import { noteOrUndefined } from '../notes/note-text.ts';
import type { ReadAnswer } from '../ports/object-store.ts';
import type { SpaceFile } from './space-file.ts';

const NOTES_AT_ONCE = 100;
const DOCUMENTS_AT_ONCE = 8;

/** A space as of one commit, which was the head at one moment. */
export interface FrozenSpace {
  readonly space: OpenSpace;
  readonly head: Commit;
  /** False where the space has no log: `head` is what adopting it would make. */
  readonly logged: boolean;
  /** `_meta.json` as it is stored; undefined where there is none, or it cannot be read as text. */
  readonly meta: string | undefined;
  /** Documents, the rules and the synthesis, by path. */
  readonly documents: readonly DocumentPath[];
  /** File names of the notes that are live, oldest first; a few may turn out to be of an earlier life, and are left out then. */
  readonly notes: readonly string[];
  readonly liveness: Liveness;
}

/**
 * Fixes the state of a space; edits by hand are taken into the log first. Cost: as reading the bank, then `_meta.json` beside the hint, a
 * listing for every thousand notes, the head; 4 round trips.
 * @throws {@link SpaceNotFoundError} also where it was deleted meanwhile, and perhaps made anew
 */
export async function freezeSpace(parts: Parts, space: OpenSpace): Promise<FrozenSpace> {
  const looked = await readTexts(parts, space, 'all');
  const [meta, hint] = await Promise.all([readMeta(parts, space), space.log.hint()]);
  const listed = await listNotes(parts, space);
  const { commit: head, logged } = await currentHead(parts, space);
  // Else `_meta.json` could be of the life before.
  if (looked.logged && looked.head.life !== head.life) throw new SpaceNotFoundError(space.id);
  const liveness = await readLiveness(space, logged ? head : undefined, hint);
  return {
    space,
    head,
    logged,
    meta: meta?.version === undefined ? undefined : meta.body,
    documents: Object.keys(head.bank).toSorted(),
    notes: liveFilenames(listed.keys(), liveness),
    liveness,
  };
}

/** Notes are gone, and no commit tells why. */
export class NotesVanishedError extends StoreUnavailableError {
  override readonly name = 'NotesVanishedError';
}

/** The documents as of that commit, a few read at a time. Cost: a GET for each that this process has not read. */
export async function* documentsOfFrozen({
  space,
  head,
  documents,
}: Pick<FrozenSpace, 'space' | 'head' | 'documents'>): AsyncGenerator<SpaceFile> {
  for (let at = 0; at < documents.length; at += DOCUMENTS_AT_ONCE) {
    const texts = await readTextsAsOf(space, head, documents.slice(at, at + DOCUMENTS_AT_ONCE));
    for (const [path, text] of texts) yield { path, text };
  }
}

/**
 * The notes that were live as of that commit, a hundred at a time, whatever became of them since; those that cannot be read as text are left out,
 * and told.
 * Cost: a GET for each, and where notes were consumed meanwhile, the commits since.
 * @throws {@link StoreUnavailableError} one is gone, and no commit tells why: somebody deleted it by hand
 */
export async function* notesOfFrozen(
  parts: Parts,
  frozen: FrozenSpace,
  onUnreadable?: (filename: string) => void,
): AsyncGenerator<SpaceFile> {
  const { space, notes, liveness } = frozen;
  for (let at = 0; at < notes.length; at += NOTES_AT_ONCE) {
    const names = notes.slice(at, at + NOTES_AT_ONCE);
    const answers = await parts.store.getMany(names.map((name) => livePrefix(space.id) + name));
    for (const [index, name] of names.entries())
      if (answers[index] instanceof UnreadableObjectError) onUnreadable?.(name);
    const texts = await textsOf(frozen, names, answers);
    for (const [name, text] of texts) {
      if (isOfThisLife(space, liveness, name, text)) yield { path: `live/${name}`, text };
    }
  }
}

/** @throws {@link StoreUnavailableError} */
async function textsOf(
  frozen: FrozenSpace,
  names: readonly string[],
  answers: readonly ReadAnswer[],
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const missing: string[] = [];
  for (const [at, name] of names.entries()) {
    const answer = answers[at];
    const text = answer && 'body' in answer ? answer.body : frozen.liveness.restored.get(name);
    if (text !== undefined) texts.set(name, text);
    else if (!(answer instanceof UnreadableObjectError)) missing.push(name);
  }
  if (missing.length > 0) await addConsumed(frozen, missing, texts);
  return texts;
}

/** Notes consumed since are in the commits that consumed them. */
async function addConsumed(
  { space, head, logged }: FrozenSpace,
  missing: readonly string[],
  texts: Map<string, string>,
): Promise<void> {
  const wanted = new Set(missing);
  const newest = (await space.log.head())?.n ?? 0;
  for (let n = logged ? head.n + 1 : 1; n <= newest && wanted.size > 0; n++) {
    const { consumed, stub } = await space.log.get(n);
    // Its texts were taken out.
    if (stub) continue;
    for (const { key, text } of consumed.filter((note) => wanted.delete(note.key))) texts.set(key, text);
  }
  if (wanted.size > 0) throw new NotesVanishedError('notes were deleted by hand while they were read: try again');
}

/** Whether a stored note is of the life that the space is in. No request. */
export function isOfThisLife(space: OpenSpace, { belongs: lives }: Liveness, name: string, text: string): boolean {
  const note = noteOrUndefined(livePrefix(space.id) + name, text);
  // Whose note it is cannot be told where it is none, so it stays what it is: a live note.
  return note === undefined || lives(note);
}

/**
 * Does work on a frozen space, anew where notes were deleted by hand meanwhile.
 * @throws {@link SpaceNotFoundError} also where it was deleted meanwhile, and perhaps made anew
 */
export async function withFrozen<T>(
  parts: Parts,
  space: OpenSpace,
  work: (frozen: FrozenSpace) => Promise<T>,
): Promise<T> {
  let life: string | undefined;
  for (let start = 1; ; start++) {
    const frozen = await freezeSpace(parts, space);
    if (frozen.logged) life ??= frozen.head.life;
    if (life !== undefined && life !== frozen.head.life) throw new SpaceNotFoundError(space.id);
    try {
      return await work(frozen);
    } catch (error) {
      if (!(error instanceof NotesVanishedError) || start === MAX_STARTS) throw error;
    }
  }
}
