import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cancelUndone } from '../../src/log/cancel-undone.ts';
import { carrySpans, changedSpans } from '../../src/log/spans.ts';

const line = fc.constantFrom('a\n', 'b\n', 'é\n', '😀\n', 'c\n');
const text = fc.array(line, { minLength: 2, maxLength: 14 }).map((lines) => lines.join(''));
const bytes = (of: string): Buffer => Buffer.from(of, 'utf8');

/** A text with some of its bytes replaced. */
function replaced(of: string, ranges: readonly (readonly [number, number])[], by: readonly Buffer[]): string {
  const whole = bytes(of);
  const pieces = ranges.map(([start], at) => [whole.subarray(ranges[at - 1]?.[1] ?? 0, start), by[at] ?? Buffer.of()]);
  return Buffer.concat([...pieces.flat(), whole.subarray(ranges.at(-1)?.[1] ?? 0)]).toString('utf8');
}

describe('a change that was undone across another', () => {
  it('leaves the other as it would have been without both', () => {
    fc.assert(
      fc.property(text, text, text, (first, second, third) => {
        const [undone, other] = [changedSpans(first, second), changedSpans(second, third)];
        const carried = carrySpans(
          undone.map(([, , start, end]) => [start, end] as const),
          other,
        );
        fc.pre(carried !== undefined && undone.length > 0);
        const originals = undone.map(([start, end]) => bytes(first).subarray(start, end));
        const last = replaced(third, carried ?? [], originals);
        const steps = [
          { n: 1, spans: undone },
          { n: 2, spans: other },
          { n: 3, spans: changedSpans(third, last) },
        ];
        const [alone, ...more] = cancelUndone(steps, new Map([[1, 3]]));
        expect([alone?.n, more]).toEqual([2, []]);
        const spans = alone?.spans ?? [];
        const now = spans.map(([, , start, end]) => bytes(last).subarray(start, end));
        expect(
          replaced(
            first,
            spans.map(([start, end]) => [start, end] as const),
            now,
          ),
        ).toBe(last);
      }),
      { numRuns: 500 },
    );
  });

  it('stays where the other touches it, and where its undo did not change the document', () => {
    const touching = [
      { n: 1, spans: [[0, 5, 0, 6] as const] },
      { n: 2, spans: [[3, 4, 3, 3] as const] },
      { n: 3, spans: [[0, 5, 0, 5] as const] },
    ];
    expect(cancelUndone(touching, new Map([[1, 3]]))).toEqual(touching);
    expect(cancelUndone(touching, new Map([[1, 9]]))).toEqual(touching);
  });
});
