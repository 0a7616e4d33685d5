import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Span } from '../../src/log/commit.ts';
import { type ByteRange, carrySpans, changedSpans } from '../../src/log/spans.ts';

const line = fc.constantFrom('a\n', 'b\n', 'é\r\n', '😀\n', '\n', '\t\n', 'no end');
const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join(''));
const bytes = (of: string): Buffer => Buffer.from(of, 'utf8');

/** Puts a line of its own at each place. */
function put(into: string[], places: number[], name: string): string[] {
  return places.reduce((made, place, n) => made.toSpliced(Math.min(place, made.length), 0, `${name}${n}`), into);
}

function spliced(from: Buffer, spans: readonly Span[], into: Buffer): string {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const [start, end, newStart, newEnd] of spans) {
    pieces.push(from.subarray(at, start), into.subarray(newStart, newEnd));
    at = end;
  }
  return Buffer.concat([...pieces, from.subarray(at)]).toString('utf8');
}

describe('spans of a change', () => {
  it('say exactly which bytes became which', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const spans = changedSpans(before, after);
        expect(spliced(bytes(before), spans, bytes(after))).toBe(after);
        expect(
          spliced(
            bytes(after),
            spans.map(([a, b, c, d]) => [c, d, a, b] as const),
            bytes(before),
          ),
        ).toBe(before);
      }),
      { numRuns: 1_000 },
    );
  });

  it('are few where little changed in a long text', () => {
    const lines = Array.from({ length: 5_000 }, (_, n) => `line ${n}\n`);
    const after = lines.with(100, 'new\n').toSpliced(4_000, 1);
    expect(changedSpans(lines.join(''), after.join(''))).toHaveLength(2);
  });

  it('fall back to one where too much changed', () => {
    const [before, after] = ['a', 'b'].map((letter) =>
      Array.from({ length: 6_000 }, (_, n) => `${letter}${n}\n`).join(''),
    );
    expect(changedSpans(before ?? '', after ?? '')).toHaveLength(1);
  });
});

describe('spans carried through later changes', () => {
  it('still cover the same bytes, or are given up', () => {
    fc.assert(
      fc.property(text, text, text, (before, middle, after) => {
        const own = changedSpans(before, middle).map(([, , start, end]): ByteRange => [start, end]);
        const carried = carrySpans(own, changedSpans(middle, after));
        for (const [index, [start, end]] of (carried ?? []).entries()) {
          const [from, to] = own[index] ?? [0, 0];
          expect(bytes(after).subarray(start, end)).toEqual(bytes(middle).subarray(from, to));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('tell a change that only put lines in from those that others put in, wherever they stand', () => {
    const places = fc.array(fc.nat({ max: 8 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(places, places, (mine, theirs) => {
        const base = ['a', 'b', 'c', 'd'];
        const [middle, joined] = [
          put(base, mine, 'mine'),
          (lines: string[]) => lines.map((one) => `${one}\n`).join(''),
        ];
        const after = put(middle, theirs, 'theirs');
        const own = changedSpans(joined(base), joined(middle)).map(([, , start, end]): ByteRange => [start, end]);
        const carried = carrySpans(own, changedSpans(joined(middle), joined(after)));
        const without = after.filter((one) => !one.startsWith('mine'));
        const removed = carried
          ?.toReversed()
          .reduce((whole, [start, end]) => whole.slice(0, start) + whole.slice(end), joined(after));
        expect(removed ?? joined(without)).toBe(joined(without));
      }),
    );
  });

  it.each<[string, Span, readonly ByteRange[] | undefined]>([
    ['moved by what was put before them', [0, 0, 0, 7], [[17, 27]]],
    ['moved back by what was taken away before them', [0, 5, 0, 0], [[5, 15]]],
    ['untouched by what comes after', [25, 30, 25, 26], [[10, 20]]],
    ['given up where the change overlaps', [15, 25, 15, 16], undefined],
    ['given up where it touches the start', [5, 10, 5, 6], undefined],
    ['given up where it touches the end', [20, 21, 20, 25], undefined],
    ['moved by what is put in right before them', [10, 10, 10, 15], [[15, 25]]],
    ['untouched by what is put in right after them', [20, 20, 20, 25], [[10, 20]]],
    ['moved back by what is taken out right before them', [5, 10, 5, 5], [[5, 15]]],
    ['untouched by what is taken out right after them', [20, 25, 20, 20], [[10, 20]]],
    ['given up where something is taken out of them', [15, 25, 15, 15], undefined],
    ['given up where something is put into them', [15, 15, 15, 16], undefined],
  ])('are %s', (_, later, expected) => {
    expect(carrySpans([[10, 20]], [later])).toEqual(expected);
  });

  it('are given up where they are empty and something is put in there: before or after is anybody’s guess', () => {
    expect(carrySpans([[10, 10]], [[10, 10, 10, 15]])).toBeUndefined();
  });
});
