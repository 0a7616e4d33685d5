import { diffLines } from 'diff';
import { utf8Length } from '../text.ts';
import type { Span } from './commit.ts';

/** Beyond so many changed lines, one span says that everything between the first and the last changed. */
const MAX_EDIT_LENGTH = 2_000;

/** Which bytes became which, by whole lines, in order. Absent texts count as empty. */
export function changedSpans(before: string, after: string): readonly Span[] {
  if (before === after) return [];
  // Most documents grow at one place: what both begin and end with needs no search.
  const prefix = commonStart(before, after);
  const suffix = commonEnd(before.slice(prefix), after.slice(prefix));
  const [inner, newInner] = [middle(before, prefix, suffix), middle(after, prefix, suffix)];
  const offset = utf8Length(before.slice(0, prefix));
  const changes = diffLines(inner, newInner, { maxEditLength: MAX_EDIT_LENGTH });
  if (changes) return collect(changes, offset);
  return [[offset, offset + utf8Length(inner), offset, offset + utf8Length(newInner)]];
}

/** Length of the beginning both share, up to a line's end. */
function commonStart(before: string, after: string): number {
  let end = 0;
  for (let at = 0; at < before.length && before[at] === after[at]; at++) if (before[at] === '\n') end = at + 1;
  return end;
}

/** Length of the end both share, from a line's start. */
function commonEnd(before: string, after: string): number {
  const most = Math.min(before.length, after.length);
  let length = 0;
  for (let at = 0; at < most && before.at(-1 - at) === after.at(-1 - at); at++) {
    const starts = [before, after].every((text) => at + 1 === text.length || text.at(-2 - at) === '\n');
    if (starts) length = at + 1;
  }
  return length;
}

function middle(text: string, prefix: number, suffix: number): string {
  return text.slice(prefix, text.length - suffix);
}

interface LineChange {
  readonly value: string;
  readonly added: boolean;
  readonly removed: boolean;
}

function collect(changes: readonly LineChange[], offset: number): Span[] {
  const spans: Span[] = [];
  let open: [number, number, number, number] | undefined;
  let [inBefore, inAfter] = [offset, offset];
  for (const { value, added, removed } of changes) {
    const bytes = utf8Length(value);
    if (added || removed) open ??= [inBefore, inBefore, inAfter, inAfter];
    if (!added) inBefore += bytes;
    if (!removed) inAfter += bytes;
    if (!open) continue;
    if (added || removed) open = [open[0], inBefore, open[2], inAfter];
    else {
      spans.push(open);
      open = undefined;
    }
  }
  return open ? [...spans, open] : spans;
}

/**
 * Where spans of a text are after later changes of it; undefined where a change overlaps or touches one, so that nobody can say
 * which bytes are still theirs. Only what is merely put in or taken out at the edge of a span leaves no doubt.
 * @param spans `[start, end)` in bytes, in order
 * @param later the changes that followed, as {@link changedSpans} gives them
 */
export function carrySpans(spans: readonly ByteRange[], later: readonly Span[]): readonly ByteRange[] | undefined {
  const carried: ByteRange[] = [];
  for (const range of spans) {
    if (later.some((change) => touches(change, range) && !isAtEdge(change, range))) return undefined;
    const before = later.filter(
      (change) => change[1] < range[0] || (isAtEdge(change, range) && change[1] === range[0]),
    );
    const shift = before.reduce((sum, [from, to, newFrom, newTo]) => sum + (newTo - newFrom) - (to - from), 0);
    carried.push([range[0] + shift, range[1] + shift]);
  }
  return carried;
}

/** Some bytes of a text. */
export type ByteRange = readonly [start: number, end: number];

function touches([from, to]: Span, [start, end]: ByteRange): boolean {
  return from <= end && to >= start;
}

/** Of an empty span nobody can say whether what was put in stands before or after it. */
function isAtEdge([from, to, newFrom, newTo]: Span, [start, end]: ByteRange): boolean {
  const oneSided = from === to || newFrom === newTo;
  return oneSided && start < end && (to === start || from === end);
}
