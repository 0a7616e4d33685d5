import { diffLines } from 'diff';
import { utf8Length } from '../text.ts';
import type { Span } from './commit.ts';

/** Beyond so many changed lines, one span says that everything between the first and the last changed. */
const MAX_EDIT_LENGTH = 4_000;

/** Which bytes became which, by whole lines, in order. Absent texts count as empty. */
export function changedSpans(before: string, after: string): readonly Span[] {
  if (before === after) return [];
  const prefix = commonLines(before, after);
  const changes = diffLines(before.slice(prefix), after.slice(prefix), { maxEditLength: MAX_EDIT_LENGTH });
  const offset = utf8Length(before.slice(0, prefix));
  if (!changes) return [[offset, utf8Length(before), offset, utf8Length(after)]];
  return collect(changes, offset);
}

/** Length of the beginning both share, up to a line's end: cheap to skip, and most documents grow at one place. */
function commonLines(before: string, after: string): number {
  let end = 0;
  for (let at = 0; at < before.length && before[at] === after[at]; at++) if (before[at] === '\n') end = at + 1;
  return end;
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
 * which bytes are still theirs.
 * @param spans `[start, end)` in bytes, in order
 * @param later the changes that followed, as {@link changedSpans} gives them
 */
export function carrySpans(spans: readonly ByteRange[], later: readonly Span[]): readonly ByteRange[] | undefined {
  const carried: ByteRange[] = [];
  for (const [start, end] of spans) {
    if (later.some(([from, to]) => from <= end && to >= start)) return undefined;
    const shift = later
      .filter(([, to]) => to < start)
      .reduce((sum, [from, to, start2, end2]) => sum + (end2 - start2) - (to - from), 0);
    carried.push([start + shift, end + shift]);
  }
  return carried;
}

export type ByteRange = readonly [start: number, end: number];
