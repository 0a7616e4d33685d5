import { trimBlanks } from './blank-lines.ts';
import { type Heading, frontMatterEnd, nextLine, parseHeadings } from './markdown.ts';

/** `#` marks at the very start of a line: a heading, unless a code fence or an HTML block is open. */
const mark = /(?<![^\r\n])#{1,6}(?![^ \t\r\n])/g;
const firstMark = /^#{1,6}(?![^ \t\r\n])/;

/** A line that may open a code fence or HTML, underline a heading, or be an indented heading. */
const unsure = /(?<![^\r\n]) {0,3}(?:[<\uFEFF]|```|~~~|=+[ \t]*(?![^\r\n])|-+[ \t]*(?![^\r\n])|(?<= )#)/;

/**
 * The headings of `text`, as {@link parseHeadings} finds them in one go, in a fraction of the time: a heading at the outermost
 * level closes all that was open before it, so the text can be read in stretches from one to the next, and a stretch without
 * a line that could matter is not parsed beyond its heading.
 */
export function readHeadings(text: string): readonly Heading[] {
  const marks = marksOf(text);
  const found: Heading[] = [];
  for (let at = 0; at < marks.length; ) {
    const { headings, next } = readStretch(text, marks, at);
    for (const heading of headings) found.push(heading);
    at = next;
  }
  return found;
}

/** Offsets where a stretch may start: 0, and each mark after the front matter, which is never cut: without its end it is none. */
function marksOf(text: string): readonly number[] {
  const hidden = frontMatterEnd(text);
  const marks = [0];
  for (const { index } of text.matchAll(mark)) if (index > hidden) marks.push(index);
  return marks;
}

interface Stretch {
  readonly headings: readonly Heading[];
  /** Index of the mark where the next stretch starts. */
  readonly next: number;
}

function readStretch(text: string, marks: readonly number[], at: number): Stretch {
  const start = marks[at] ?? 0;
  const body = firstMark.test(text.slice(start, start + 7)) ? nextLine(text, start) : start;
  const end = marks[at + 1] ?? text.length;
  if (unsure.test(text.slice(body, end))) return parseStretch(text, marks, at);
  return { headings: body > start ? [markedHeading(text, start, body)] : [], next: at + 1 };
}

/** The heading of one line that starts with marks: `### Notes ###`. */
function markedHeading(text: string, start: number, bodyStart: number): Heading {
  const line = text.slice(start, bodyStart);
  const level = line.search(/[^#]|$/);
  const words = trimBlanks(line.slice(level));
  let end = words.length;
  while (words[end - 1] === '#') end -= 1;
  const closed = end === 0 || words[end - 1] === ' ' || words[end - 1] === '\t';
  return { heading: (closed ? words.slice(0, end) : words).trim(), level, start, bodyStart };
}

/** Parses on until a mark is a heading, twice as far each time: a code block may hold many lines that start with `#`. */
function parseStretch(text: string, marks: readonly number[], at: number): Stretch {
  const start = marks[at] ?? 0;
  for (let count = 1; at + count < marks.length; count *= 2) {
    const piece = text.slice(start, marks[at + count]);
    const headings = headingsIfClosed(piece);
    if (headings) return { headings: headings.map((heading) => move(heading, start)), next: at + count };
  }
  return { headings: parseHeadings(text.slice(start)).map((heading) => move(heading, start)), next: marks.length };
}

/**
 * The headings of `lines`; none where a heading put after it would not be read as one, since a code fence, a comment or HTML
 * is still open.
 */
export function headingsIfClosed(lines: string): readonly Heading[] | undefined {
  const headings = parseHeadings(`${lines}# end`);
  return headings.at(-1)?.start === lines.length ? headings.slice(0, -1) : undefined;
}

function move(heading: Heading, by: number): Heading {
  return { ...heading, start: heading.start + by, bodyStart: heading.bodyStart + by };
}
