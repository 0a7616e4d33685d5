import type { Span } from './commit.ts';
import { type ByteRange, carrySpans } from './spans.ts';

/** One change of a document. */
export interface Step {
  readonly n: number;
  readonly spans: readonly Span[];
}

/**
 * Changes of a document as they would be had those that were undone never been made, nor their undos. A pair stays where a change between touches
 * what it changed.
 * @param steps in order
 * @param undos as {@link standingUndos} gives them
 */
export function cancelUndone<One extends Step>(
  steps: readonly One[],
  undos: ReadonlyMap<number, number>,
): readonly One[] {
  let left = steps;
  // The undo that came first: then no pair lies within another.
  for (const [n, by] of [...undos].toSorted(([, one], [, other]) => one - other)) {
    const [from, to] = [n, by].map((number) => left.findIndex((step) => step.n === number));
    if (from === undefined || to === undefined || from < 0 || to < 0) continue;
    const between = withoutFirst(left.slice(from, to));
    if (between) left = [...left.slice(0, from), ...between, ...left.slice(to + 1)];
  }
  return left;
}

/** The changes after the first, in texts without it: each span moves by what the first had put before it. */
function withoutFirst<One extends Step>([first, ...others]: readonly One[]): One[] | undefined {
  const grown = first?.spans.map(([start, end, newStart, newEnd]) => newEnd - newStart - (end - start)) ?? [];
  let ranges: readonly ByteRange[] = first?.spans.map(([, , start, end]) => [start, end]) ?? [];
  const moved: One[] = [];
  for (const other of others) {
    const carried = carrySpans(ranges, other.spans);
    if (!carried) return undefined;
    moved.push({ ...other, spans: other.spans.map((span) => movedBack(span, ranges, grown)) });
    ranges = carried;
  }
  return moved;
}

function movedBack([start, end, newStart, newEnd]: Span, ranges: readonly ByteRange[], grown: readonly number[]): Span {
  const by = ranges.reduce((sum, [, rangeEnd], at) => (rangeEnd <= start ? sum + (grown[at] ?? 0) : sum), 0);
  return [start - by, end - by, newStart - by, newEnd - by];
}
