import { readHeadings } from './headings.ts';
import type { Heading } from './markdown.ts';

/** One heading of a document and what stands under it, up to the next heading of the same or a higher level. */
export interface Section {
  /** Drawn for one reader of the document; another reading has other ids. */
  readonly id: string;
  /** Source text of the heading without its marks, trimmed, on one line: `Notes` of `### Notes ###`. */
  readonly heading: string;
  /** 1 to 6. */
  readonly level: number;
  /** Headings of the sections around it, outermost first. */
  readonly path: readonly string[];
  /** UTF-16 offset where the heading's first line starts. */
  readonly start: number;
  /** Offset just after the heading's last line, its line end included. */
  readonly bodyStart: number;
  /** Offset where the first section inside it starts; `end` where there is none. */
  readonly ownEnd: number;
  /** Offset where the next section of the same or a higher level starts, or the document ends. */
  readonly end: number;
}

/**
 * Every section of a Markdown text in source order, as a CommonMark parser sees it: a `#` in a code block is no heading, an
 * underlined line is one, and headings inside quotes and lists are text. What stands before the first heading belongs to no
 * section. Sections with the same heading are sections of their own.
 */
export function readSections(text: string, newId: () => string): readonly Section[] {
  const headings = readHeadings(text);
  const ends = endsOf(headings, text.length);
  const around: Heading[] = [];
  return headings.map((heading, index) => {
    while ((around.at(-1)?.level ?? 0) >= heading.level) around.pop();
    const path = around.map((outer) => outer.heading);
    around.push(heading);
    const ownEnd = headings[index + 1]?.start ?? text.length;
    return { id: newId(), ...heading, path, ownEnd, end: ends[index] ?? text.length };
  });
}

/** Where each section ends. Backwards, so that one pass is enough: `next[level]` is the nearest heading that closes it. */
function endsOf(headings: readonly Heading[], length: number): readonly number[] {
  const next = Array.from({ length: 7 }, () => length);
  return headings
    .toReversed()
    .map(({ level, start }) => {
      const end = next[level] ?? length;
      next.fill(start, level);
      return end;
    })
    .toReversed();
}
