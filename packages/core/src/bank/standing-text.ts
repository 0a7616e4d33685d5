import { blankLinesEnd, blanksStart, withLineEnds } from './blank-lines.ts';
import type { Reading } from './reading.ts';
import type { Passage } from './section-content.ts';
import { type Span, type Spot, spanOf } from './section-plan.ts';
import type { Section } from './sections.ts';

/**
 * The passages meant for one spot that do not stand there already, so that an edit done twice is done once. What the same
 * edits remove does not count as standing.
 */
export function notYetThere(
  reading: Reading,
  { spot, target }: { readonly spot: Spot; readonly target: Section },
  passages: readonly Passage[],
  removed: readonly Span[],
): readonly Passage[] {
  const count = passages.length;
  if (spot === 'own' || spot === 'last') {
    const { from, to } = textBefore(spot, target, removed);
    for (let known = count; known > 0; known -= 1) {
      if (endsWithLines(reading, from, to, passages.slice(0, known))) return passages.slice(known);
    }
    return passages;
  }
  const { from, to } = textAfter(reading, spot, target, removed);
  for (let known = count; known > 0; known -= 1) {
    if (startsWithLines(reading, from, to, passages.slice(count - known))) return passages.slice(0, count - known);
  }
  return passages;
}

/** Whether the body of a section is that passage already. */
export function isBodyOf({ text, lineEnd }: Reading, { bodyStart, end }: Section, passage: Passage): boolean {
  const bodyEnd = blanksStart(text, bodyStart, end);
  return withLineEnds(text.slice(blankLinesEnd(text, bodyStart, bodyEnd), bodyEnd), lineEnd) === passage.text;
}

function textBefore(spot: 'own' | 'last', target: Section, removed: readonly Span[]): Span {
  const { to } = spanOf(spot, target);
  const from = spot === 'own' ? target.bodyStart : target.ownEnd;
  return { from: Math.max(from, ...removed.map((span) => (span.to <= to ? span.to : from))), to };
}

function textAfter({ text }: Reading, spot: Spot, target: Section, removed: readonly Span[]): Span {
  const { from } = spanOf(spot, target);
  const to = spot === 'top' ? target.ownEnd : spot === 'first' ? target.end : text.length;
  return { from, to: Math.min(to, ...removed.map((span) => (span.from >= from ? span.from : to))) };
}

// Only as much text is compared as the lines may take there: a line end of one character here may be two there.

function endsWithLines({ text, lineEnd }: Reading, from: number, to: number, passages: readonly Passage[]): boolean {
  const lines = joined(passages, lineEnd);
  const end = blanksStart(text, from, to);
  const there = withLineEnds(text.slice(Math.max(from, end - 2 * lines.length - 2), end), lineEnd);
  return there.endsWith(lines) && isLineEnd(there.at(-lines.length - 1));
}

function startsWithLines({ text, lineEnd }: Reading, from: number, to: number, passages: readonly Passage[]): boolean {
  const lines = joined(passages, lineEnd);
  const start = blankLinesEnd(text, from, to);
  const there = withLineEnds(text.slice(start, Math.min(to, start + 2 * lines.length + 2)), lineEnd);
  return there.startsWith(lines) && isLineEnd(there[lines.length]);
}

function isLineEnd(char: string | undefined): boolean {
  return char === undefined || char === '\n' || char === '\r';
}

function joined(passages: readonly Passage[], lineEnd: string): string {
  return passages.map(({ text }) => text).join(lineEnd + lineEnd);
}
