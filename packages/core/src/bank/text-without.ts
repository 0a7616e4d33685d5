import { UndoConflictError } from '../errors.ts';
import type { Commit } from '../log/commit.ts';
import type { OpenSpace } from '../log/open-space.ts';
import { type DocumentPath, nameOf } from '../log/space-keys.ts';
import { type ByteRange, carrySpans } from '../log/spans.ts';
import { textAfter, textBefore } from './diff-commit.ts';

/** A document that a commit changed, and what came after. */
export interface ChangedText {
  readonly undone: Commit;
  /** All commits after it, in order. */
  readonly later: readonly Commit[];
  readonly path: DocumentPath;
  /** Its text now; null: absent. */
  readonly now: string | null;
}

/** The commit that undoes commit `n`, and is not undone itself. */
export function undoneBy(n: number, later: readonly Commit[]): number | undefined {
  return later.find((commit) => commit.undoes === n && undoneBy(commit.n, later) === undefined)?.n;
}

/** What the document would be without the change; or why nobody can say. */
export async function textWithout(space: OpenSpace, changed: ChangedText): Promise<string | null | UndoConflictError> {
  const { undone, later, path, now } = changed;
  const [before, after] = [await textBefore(space, undone, path), textAfter(undone, path)];
  if (now === after) return before;
  if (now === before) return now;
  const touching = later.filter(({ docs }) => docs[path]);
  if (now === null || after === null || before === null) return changedAgain(changed, touching);
  let ranges: readonly ByteRange[] = undone.docs[path]?.spans.map(([, , start, end]) => [start, end]) ?? [];
  for (const commit of lasting(undone, touching, path)) {
    const carried =
      commit.kind === 'outside' || commit.stub ? undefined : carrySpans(ranges, commit.docs[path]?.spans ?? []);
    if (!carried) return inTheWay(changed, touching, commit);
    ranges = carried;
  }
  return replaceRanges(now, ranges, originals(before, undone, path));
}

/** Those whose effect on the document lasts: where it came back to a text it had, all between does not count. */
function lasting(undone: Commit, touching: readonly Commit[], path: DocumentPath): readonly Commit[] {
  const hashOf = ({ bank }: Commit): string | undefined => bank[path]?.sha256;
  const steps: Commit[] = [];
  let at = hashOf(undone);
  for (let index = 0; index < touching.length; index++) {
    const back = touching.findLastIndex((commit, place) => place >= index && hashOf(commit) === at);
    const step = touching[index];
    if (back >= index) index = back;
    else if (step) {
      steps.push(step);
      at = hashOf(step);
    }
  }
  return steps;
}

/** Its creation, or its deletion, can be undone only as the last change of the document. */
function changedAgain({ later, path, undone }: ChangedText, touching: readonly Commit[]): UndoConflictError {
  const standing = touching.filter((commit) => commit.kind !== 'undo' && undoneBy(commit.n, later) === undefined);
  const by = (standing.at(-1) ?? touching.at(-1) ?? undone).n;
  return new UndoConflictError(`${nameOf(path)} was changed again by commit ${by}: undo that one first`, by);
}

function inTheWay({ later, path }: ChangedText, touching: readonly Commit[], commit: Commit): UndoConflictError {
  const name = nameOf(path);
  if (commit.kind === 'outside') {
    const message = `${name} was edited by hand since, in commit ${commit.n}: write it as it should be instead`;
    return new UndoConflictError(message, commit.n);
  }
  const undo = undoneBy(commit.n, later);
  // It was undone across other changes of the same document: those come first.
  const across = touching.filter(({ n, kind }) => undo !== undefined && n > commit.n && n < undo && kind !== 'undo');
  const by = across.findLast(({ n }) => undoneBy(n, later) === undefined)?.n ?? undo ?? commit.n;
  return new UndoConflictError(`commit ${by} changed ${name} at the same place, or across it: undo that one first`, by);
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
