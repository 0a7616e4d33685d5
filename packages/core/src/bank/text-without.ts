import { UndoConflictError } from '../errors.ts';
import { cancelUndone, type Step } from '../log/cancel-undone.ts';
import type { Commit } from '../log/commit.ts';
import { textNamed } from '../log/document-text.ts';
import type { LaterCommit } from '../log/later-commits.ts';
import type { OpenSpace } from '../log/open-space.ts';
import { type DocumentPath, nameOf } from '../log/space-keys.ts';
import { type ByteRange, carrySpans } from '../log/spans.ts';

/** A document that a commit changed, and what came after. */
export interface ChangedText {
  readonly undone: Commit;
  /** All commits after it, in order. */
  readonly later: readonly LaterCommit[];
  /** Of those: which are undone, and by which commit. */
  readonly undos: ReadonlyMap<number, number>;
  readonly path: DocumentPath;
  /** Its text now; null: absent. */
  readonly now: string | null;
}

/** What the document would be without the change; or why nobody can say. */
export async function textWithout(space: OpenSpace, changed: ChangedText): Promise<string | null | UndoConflictError> {
  const { undone, later, path, now } = changed;
  const before = await textBefore(space, undone, path);
  if (before instanceof UndoConflictError) return before;
  const after = undone.docs[path]?.after ?? null;
  if (now === after) return before;
  if (now === before) return now;
  const touching = later.filter(({ docs }) => docs[path]);
  if (now === null || after === null || before === null) return changedAgain(changed, touching);
  const steps = lasting(undone, touching, path).map((commit) => stepOf(commit, path));
  const own = undone.docs[path]?.spans.map(([, , start, end]): ByteRange => [start, end]) ?? [];
  const { carried, stuck } = carry(own, steps);
  if (carried) return replaceRanges(now, carried, originals(before, undone, path));
  const around = carriedAround(changed, touching, own);
  if (around && holdSame(after, own, now, around)) return replaceRanges(now, around, originals(before, undone, path));
  return stuck.stub ? tooOld(stuck.n) : inTheWay(changed, touching, stuck);
}

/** Perhaps only changes are in the way that were undone themselves. */
function carriedAround(
  { undos, path }: ChangedText,
  touching: readonly LaterCommit[],
  own: readonly ByteRange[],
): readonly ByteRange[] | undefined {
  if (touching.some(({ stub }) => stub)) return undefined;
  const steps = touching.map((commit) => stepOf(commit, path));
  return carry(own, cancelUndone(steps, undos)).carried;
}

interface StepOf extends Step {
  readonly commit: LaterCommit;
}

function stepOf(commit: LaterCommit, path: DocumentPath): StepOf {
  return { n: commit.n, commit, spans: commit.docs[path]?.spans ?? [] };
}

type Carried =
  | { readonly carried: readonly ByteRange[]; readonly stuck?: undefined }
  | { readonly carried?: undefined; readonly stuck: LaterCommit };

/** Where some bytes are after all the steps; or the first commit that leaves doubt, as every edit by hand does. */
function carry(own: readonly ByteRange[], steps: readonly StepOf[]): Carried {
  let ranges = own;
  for (const { commit, spans } of steps) {
    const carried = commit.kind === 'outside' || commit.stub ? undefined : carrySpans(ranges, spans);
    if (!carried) return { stuck: commit };
    ranges = carried;
  }
  return { carried: ranges };
}

/** Whether the bytes are the same at both places: a path found around other changes is not believed without. */
function holdSame(one: string, ranges: readonly ByteRange[], other: string, places: readonly ByteRange[]): boolean {
  const [bytes, others] = [one, other].map((text) => new TextEncoder().encode(text));
  return ranges.every(([start, end], at) => {
    const [from, to] = places[at] ?? [0, 0];
    const mine = bytes?.subarray(start, end) ?? [];
    return to - from === end - start && mine.every((byte, index) => byte === others?.[from + index]);
  });
}

/** The text of a document before a commit; null where it was absent. */
export async function textBefore(
  space: OpenSpace,
  { n, docs }: Commit,
  path: DocumentPath,
): Promise<string | null | UndoConflictError> {
  const before = docs[path]?.before;
  return before ? ((await textNamed(space, path, before)) ?? tooOld(n)) : null;
}

/** Why a change cannot be undone whose texts, or those it needs, were trimmed away. */
export function tooOld(n: number): UndoConflictError {
  return new UndoConflictError(`commit ${n} is too old: its texts are no longer kept`);
}

/** Those whose effect on the document lasts: where it came back to a text it had, all between does not count. */
function lasting(undone: Commit, touching: readonly LaterCommit[], path: DocumentPath): readonly LaterCommit[] {
  const hashOf = ({ bank }: Pick<LaterCommit, 'bank'>): string | undefined => bank[path]?.sha256;
  const steps: LaterCommit[] = [];
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
function changedAgain({ undos, path, undone }: ChangedText, touching: readonly LaterCommit[]): UndoConflictError {
  const standing = touching.filter((commit) => commit.kind !== 'undo' && !undos.has(commit.n));
  const last = standing.findLast(({ kind }) => kind !== 'redact') ?? standing.at(-1) ?? touching.at(-1);
  if (last?.kind === 'redact') return redactedSince(path, last.n);
  const by = (last ?? undone).n;
  return new UndoConflictError(`${nameOf(path)} was changed again by commit ${by}: undo that one first`, by);
}

/** That one cannot be undone, so nobody is told to. */
function redactedSince(path: DocumentPath, by: number): UndoConflictError {
  const message = `a secret was taken out of ${nameOf(path)} there since, in commit ${by}: write it as it should be instead`;
  return new UndoConflictError(message, by);
}

function inTheWay(
  { undos, path }: ChangedText,
  touching: readonly LaterCommit[],
  commit: LaterCommit,
): UndoConflictError {
  const name = nameOf(path);
  if (commit.kind === 'outside') {
    const message = `${name} was edited by hand since, in commit ${commit.n}: write it as it should be instead`;
    return new UndoConflictError(message, commit.n);
  }
  if (commit.kind === 'redact') return redactedSince(path, commit.n);
  const undo = undos.get(commit.n);
  // It was undone across other changes of the same document: those come first.
  const across = touching.filter(({ n, kind }) => undo !== undefined && n > commit.n && n < undo && kind !== 'undo');
  const by = across.findLast(({ n, kind }) => kind !== 'redact' && !undos.has(n))?.n ?? undo ?? commit.n;
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
