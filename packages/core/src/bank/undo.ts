import { z } from 'zod';
import { CommitNotFoundError, UndoConflictError } from '../errors.ts';
import { broughtBack } from '../log/brought-back.ts';
import { change } from '../log/change.ts';
import type { Commit, ConsumedNote, RestoredNote } from '../log/commit.ts';
import type { Draft } from '../log/compose-commit.ts';
import { textOf } from '../log/document-text.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { type DocumentPath, nameOf, SYNTHESIS } from '../log/space-keys.ts';
import { type ByteRange, carrySpans } from '../log/spans.ts';
import { agentName, LIBRARY } from '../notes/note.ts';
import { restoredName } from '../notes/note-key.ts';
import { spaceId } from '../spaces/space.ts';
import { validate } from '../validate.ts';
import { commitOf, textAfter, textBefore } from './diff-commit.ts';

/** What {@link Undo} takes. */
export interface UndoInput {
  readonly space: string;
  /** Number of the commit to undo. */
  readonly commit: number;
  /** Who asks. */
  readonly actor?: string | undefined;
}

/** What an undo did. */
export interface Undone {
  /** The new commit that undoes it. */
  readonly commit: number;
  /** Documents as they would be without the change. */
  readonly files: readonly string[];
  /** Notes that are live again, under new names. */
  readonly notesRestored: number;
  readonly warnings: readonly string[];
}

/**
 * Takes one change back: its documents become what they would be without it, the notes it consumed are live again, notes it brought
 * back are consumed again. Refused where a later change touched the same lines, where an edit by hand stands between, and where the
 * change created or deleted a document that was changed since.
 *
 * Cost: the head, the commits from the one undone to the head (those this process has not read), the texts, then {@link change}.
 * @throws {@link CommitNotFoundError}
 * @throws {@link UndoConflictError} names the commit in its way
 */
export type Undo = (input: UndoInput) => Promise<Undone>;

const inputSchema = z.strictObject({
  space: spaceId,
  commit: z.number().int().min(1),
  actor: agentName.default(LIBRARY),
});
const UNDOABLE: readonly string[] = ['consolidate', 'write', 'delete', 'undo', 'outside', 'compact'];

/** See {@link Undo}. */
export function createUndo(parts: Parts): Undo {
  return async function undo(input) {
    const { space: id, commit: n, actor } = validate(inputSchema, input);
    const space = parts.open(id);
    await commitOf(parts, space, n);
    const op = parts.newId();
    const made = await change(parts, space, { op, propose: (head) => draftUndo(space, head, { n, op, actor }) });
    if (!made) throw new UndoConflictError(`commit ${n} changed nothing that could be undone`);
    return {
      commit: made.n,
      files: Object.keys(made.docs).map(nameOf).toSorted(),
      notesRestored: made.restored.length,
      warnings: made.warnings ?? [],
    };
  };
}

interface Request {
  readonly n: number;
  readonly op: string;
  readonly actor: string;
}

async function draftUndo(space: OpenSpace, head: Commit, { n, op, actor }: Request): Promise<Draft | undefined> {
  const undone = await space.log.get(n);
  if (undone.life !== head.life) throw new CommitNotFoundError(n);
  const later = await space.log.range(n + 1, head.n);
  refuseUnfit(undone, later);
  const docs = new Map<DocumentPath, string | null>();
  const before = new Map<DocumentPath, string>();
  const warnings: string[] = [];
  for (const path of Object.keys(undone.docs)) {
    const now = head.bank[path] ? await textOf(space, head, path) : null;
    const without = await withoutChange(space, { undone, later, path, now });
    if (without instanceof UndoConflictError && path === SYNTHESIS)
      warnings.push('the synthesis stays as it is: a later change rewrote it');
    else if (without instanceof UndoConflictError) throw without;
    else if (without !== now) docs.set(path, without);
    if (now !== null) before.set(path, now);
  }
  const notes = { restored: restoredBy(undone, later, op), consumed: consumedAgain(undone, later) };
  if (docs.size === 0 && notes.restored.length === 0 && notes.consumed.length === 0) return undefined;
  return { kind: 'undo', actor, docs, before, undoes: n, warnings, ...notes, totals: totalsAfter(undone, head) };
}

function refuseUnfit(undone: Commit, later: readonly Commit[]): void {
  const { n, kind, stub } = undone;
  if (!UNDOABLE.includes(kind))
    throw new UndoConflictError(`commit ${n} (${kind}) began this space: it cannot be undone`);
  if (stub) throw new UndoConflictError(`commit ${n} is too old to be undone: its texts are no longer kept`);
  const by = undoneBy(n, later);
  if (by !== undefined)
    throw new UndoConflictError(`commit ${n} is undone already, by commit ${by}: undo that one to bring it back`, by);
}

/** The commit that undoes this one, and is not undone itself. */
function undoneBy(n: number, later: readonly Commit[]): number | undefined {
  return later.find((commit) => commit.undoes === n && undoneBy(commit.n, later) === undefined)?.n;
}

interface ChangedText {
  readonly undone: Commit;
  readonly later: readonly Commit[];
  readonly path: DocumentPath;
  readonly now: string | null;
}

/** What the document would be without the change; or why nobody can say. */
async function withoutChange(
  space: OpenSpace,
  { undone, later, path, now }: ChangedText,
): Promise<string | null | UndoConflictError> {
  const [before, after] = [await textBefore(space, undone, path), textAfter(undone, path)];
  if (now === after) return before;
  const touching = later.filter(({ docs }) => docs[path]);
  const first = touching[0]?.n ?? undone.n;
  if (now === null || after === null || before === null) {
    return new UndoConflictError(`${nameOf(path)} was changed again by commit ${first}: undo that one first`, first);
  }
  let ranges: readonly ByteRange[] = undone.docs[path]?.spans.map(([, , start, end]) => [start, end]) ?? [];
  for (const commit of touching) {
    const carried =
      commit.kind === 'outside' || commit.stub ? undefined : carrySpans(ranges, commit.docs[path]?.spans ?? []);
    if (!carried)
      return new UndoConflictError(
        `commit ${commit.n} changed the same lines of ${nameOf(path)}: undo that one first`,
        commit.n,
      );
    ranges = carried;
  }
  return replaceRanges(now, ranges, originals(before, undone, path));
}

/** The bytes each span replaced. */
function originals(before: string, undone: Commit, path: DocumentPath): Uint8Array[] {
  const bytes = new TextEncoder().encode(before);
  return undone.docs[path]?.spans.map(([start, end]) => bytes.slice(start, end)) ?? [];
}

function replaceRanges(text: string, ranges: readonly ByteRange[], replacements: readonly Uint8Array[]): string {
  const bytes = new TextEncoder().encode(text);
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const [index, [start, end]] of ranges.entries()) {
    pieces.push(bytes.slice(at, start), replacements[index] ?? new Uint8Array());
    at = end;
  }
  return joinedText([...pieces, bytes.slice(at)]);
}

function joinedText(pieces: readonly Uint8Array[]): string {
  const bytes = new Uint8Array(pieces.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** The notes it consumed, but those that a later commit brought back by itself. */
function restoredBy({ consumed }: Commit, later: readonly Commit[], op: string): RestoredNote[] {
  const there = broughtBack(later);
  const missing = consumed.filter(({ key }) => !there.has(key));
  return missing.map(({ key, text, fate }) => ({ key: restoredName(key, op), text, from: key, fate }));
}

/** Undoing what brought notes back: they are again where they were. @throws {@link UndoConflictError} one was consumed meanwhile */
function consumedAgain({ restored, n }: Commit, later: readonly Commit[]): ConsumedNote[] {
  const keys = new Set(restored.map(({ key }) => key));
  const by = later.find((commit) => commit.consumed.some(({ key }) => keys.has(key)))?.n;
  if (by !== undefined)
    throw new UndoConflictError(`commit ${by} consumed notes that commit ${n} had brought back`, by);
  return restored.map(({ key, text, fate }) => ({ key, text, fate }));
}

function totalsAfter({ consumed, kind }: Commit, { totals }: Commit): Commit['totals'] {
  if (kind !== 'consolidate') return totals;
  return { ...totals, notes: Math.max(0, totals.notes - consumed.length) };
}
