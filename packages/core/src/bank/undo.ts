import { z } from 'zod';
import { UndoConflictError } from '../errors.ts';
import { broughtBack } from '../log/brought-back.ts';
import { change } from '../log/change.ts';
import type { Commit, ConsumedNote, RestoredNote } from '../log/commit.ts';
import type { Draft } from '../log/compose-commit.ts';
import { textOf } from '../log/document-text.ts';
import { existingHead } from '../log/existing-head.ts';
import { type LaterCommit, readLaterCommits } from '../log/later-commits.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { type DocumentPath, nameOf, SYNTHESIS } from '../log/space-keys.ts';
import { standingUndos } from '../log/standing-undos.ts';
import { agentName, LIBRARY } from '../notes/note.ts';
import { restoredName } from '../notes/note-key.ts';
import { spaceId } from '../spaces/space.ts';
import { validate } from '../validate.ts';
import { commitOf } from './diff-commit.ts';
import { type ChangedText, textBefore, textWithout, tooOld } from './text-without.ts';

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
 * Cost: the head, the commits from the one undone to the head (those this process has not read, 20 at once), the texts, then {@link change}.
 * @throws {@link CommitNotFoundError}
 * @throws {@link UndoConflictError} names the commit in its way
 */
export type Undo = (input: UndoInput) => Promise<Undone>;

const inputSchema = z.strictObject({
  space: spaceId,
  commit: z.number().int().min(1),
  actor: agentName.default(LIBRARY),
});
const UNDOABLE: readonly string[] = ['consolidate', 'write', 'delete', 'undo', 'outside', 'compact', 'gc', 'repair'];

/** See {@link Undo}. */
export function createUndo(parts: Parts): Undo {
  return async function undo(input) {
    const { space: id, commit: n, actor } = validate(inputSchema, input);
    const space = parts.open(id);
    const { life } = await commitOf(space, await existingHead(parts, space), n);
    const op = parts.newId();
    const request: Request = { n, op, actor, later: [] };
    const made = await change(parts, space, { op, life, propose: (head) => draftUndo(space, head, request) });
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
  /** The commits after it, as far as they were read: asked again after a lost race, only the new ones are. */
  readonly later: LaterCommit[];
}

async function draftUndo(space: OpenSpace, head: Commit, { n, op, actor, later }: Request): Promise<Draft | undefined> {
  const undone = await commitOf(space, head, n);
  const paths = Object.keys(undone.docs);
  later.push(...(await readLaterCommits(space, { from: n + later.length + 1, to: head.n }, paths)));
  const undos = standingUndos(later);
  refuseUnfit(undone, undos);
  await refuseUndoneAnew(space, undone, undos);
  const docs = new Map<DocumentPath, string | null>();
  const before = new Map<DocumentPath, string>();
  const warnings: string[] = [];
  for (const path of paths) {
    const now = head.bank[path] ? await textOf(space, head, path) : null;
    if (now !== null) before.set(path, now);
    const changed = { undone, later, undos, path, now };
    const without =
      path === SYNTHESIS ? await synthesisWithout(space, head, changed, warnings) : await textWithout(space, changed);
    if (without instanceof UndoConflictError) throw without;
    if (without !== now) docs.set(path, without);
  }
  const notes = { restored: restoredBy(undone, later, op), consumed: consumedAgain(undone, later) };
  if (docs.size === 0 && notes.restored.length === 0 && notes.consumed.length === 0) return undefined;
  return { kind: 'undo', actor, docs, before, undoes: n, warnings, ...notes, totals: totalsAfter(head, notes) };
}

function refuseUnfit({ n, kind, stub }: Commit, undos: ReadonlyMap<number, number>): void {
  if (kind === 'redact') throw new UndoConflictError(`commit ${n} took out a secret: nothing brings it back`);
  if (!UNDOABLE.includes(kind))
    throw new UndoConflictError(`commit ${n} (${kind}) began this space: it cannot be undone`);
  if (stub) throw tooOld(n);
  const by = undos.get(n);
  if (by !== undefined)
    throw new UndoConflictError(`commit ${n} is undone already, by commit ${by}: undo that one to bring it back`, by);
}

/**
 * Undoing the undo of an undo takes the first change back again. Where that was undone anew meanwhile, nothing is left to be taken back.
 * Cost: a GET for each commit of such a chain.
 */
async function refuseUndoneAnew(
  space: OpenSpace,
  { n, undoes }: Commit,
  undos: ReadonlyMap<number, number>,
): Promise<void> {
  for (let undo = undoes; undo !== undefined; ) {
    const { undoes: first } = await space.log.get(undo);
    const by = first === undefined ? undefined : undos.get(first);
    if (by !== undefined)
      throw new UndoConflictError(`commit ${n} brought back commit ${first}, which commit ${by} undid anew`, by);
    undo = first === undefined ? undefined : (await space.log.get(first)).undoes;
  }
}

/** The notes it consumed, but those that a later commit brought back by itself. */
function restoredBy({ consumed }: Commit, later: readonly LaterCommit[], op: string): RestoredNote[] {
  const there = broughtBack(later);
  const missing = consumed.filter(({ key }) => !there.has(key));
  return missing.map(({ key, text, fate }) => ({ key: restoredName(key, op), text, from: key, fate }));
}

/** Undoing what brought notes back: they are again where they were. @throws {@link UndoConflictError} one was consumed meanwhile */
function consumedAgain({ restored, n }: Commit, later: readonly LaterCommit[]): ConsumedNote[] {
  return restored.map(({ key, text, fate }) => {
    const now = nameNow(key, later);
    if (typeof now === 'string') return { key: now, text, fate };
    throw new UndoConflictError(`commit ${now.by} consumed notes that commit ${n} had brought back`, now.by);
  });
}

/** The name a note has now: consumed and brought back again, it got another. Else the commit that consumed it. */
function nameNow(key: string, later: readonly LaterCommit[]): string | { readonly by: number } {
  let name = key;
  let by: number | undefined;
  for (const { n, consumed, restored } of later) {
    if (consumed.some((note) => note.key === name)) by = n;
    const back = restored.find(({ from }) => from === name);
    if (back) [name, by] = [back.key, undefined];
  }
  return by === undefined ? name : { by };
}

function totalsAfter(
  { totals }: Commit,
  { restored, consumed }: Pick<Commit, 'restored' | 'consumed'>,
): Commit['totals'] {
  return { ...totals, notes: Math.max(0, totals.notes - restored.length + consumed.length) };
}

/**
 * The synthesis tells of the whole bank, so it cannot be cut like a document: the one before comes back where it still is true; else
 * there is none until the next consolidation writes one. What a person wrote stays.
 */
async function synthesisWithout(
  space: OpenSpace,
  head: Commit,
  changed: ChangedText,
  warnings: string[],
): Promise<string | null | UndoConflictError> {
  const { undone, undos, now } = changed;
  const entry = head.bank[SYNTHESIS];
  const writer = entry && (await space.log.get(entry.commit));
  if (!writer || writer.kind === 'outside') {
    if (writer) warnings.push('the synthesis stays as a person wrote it');
    return now;
  }
  const earlier = undone.docs[SYNTHESIS]?.before?.commit;
  const isTrue = writer.n === undone.n && (earlier === undefined || !undos.has(earlier));
  if (isTrue) return textBefore(space, undone, SYNTHESIS);
  warnings.push('the synthesis told of what was undone: there is none until the next consolidation');
  return null;
}
