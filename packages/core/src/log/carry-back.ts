import type { Span } from './commit.ts';
import type { ByteRange } from './spans.ts';

/** Bytes of a text after a change: those the change brought, and where the others were before it. */
export interface Origins {
  /** In the text after. */
  readonly brought: readonly ByteRange[];
  /** In the text before. */
  readonly older: readonly ByteRange[];
}

/**
 * Tells which bytes of a text came with a change, and where the others were in the text before.
 * @param ranges `[start, end)` in bytes of the text after the change
 * @param change as {@link changedSpans} gives it, in order
 */
export function carryBack(ranges: readonly ByteRange[], change: readonly Span[]): Origins {
  const brought: ByteRange[] = [];
  const older: ByteRange[] = [];
  for (const [start, end] of ranges) {
    let at = start;
    let shift = 0;
    for (const [, beforeEnd, afterStart, afterEnd] of change) {
      if (afterStart >= end) break;
      if (afterEnd > at) {
        if (afterStart > at) older.push([at + shift, afterStart + shift]);
        const from = Math.max(at, afterStart);
        const to = Math.min(end, afterEnd);
        if (to > from) brought.push([from, to]);
        at = Math.max(at, to);
      }
      shift = beforeEnd - afterEnd;
    }
    if (at < end) older.push([at + shift, end + shift]);
  }
  return { brought, older: older.filter(([from, to]) => to > from) };
}
