import { type BoundedCache, createBoundedCache } from '../bounded-cache.ts';
import { blanksStart, countLineEnds, trimBlanks } from './blank-lines.ts';
import { frontMatterEnd, type Heading, nextLine, parseHeadings } from './markdown.ts';

/**
 * Lines that matter for where headings are: `#` marks at the very start, code fences at the very start, and all else that may
 * open a fence or HTML, underline a heading or be an indented heading. In the rest of a text no heading is hidden.
 */
const mattering =
  /(?<![^\r\n])(?:(?<mark>#{1,6}(?![^ \t\r\n]))|(?<fence>`{3,}(?=[^`\r\n]*(?![^\r\n]))|~{3,})| {0,3}(?<unsure>[<\uFEFF]|```|~~~|(?<= )#|(?<under>=+|-+)[ \t]*(?![^\r\n])))/g;

const mark = /(?<![^\r\n])#{1,6}(?![^ \t\r\n])/g;

/**
 * The headings of `text`, as {@link parseHeadings} finds them in one go, in a fraction of the time. A heading at the start of a
 * line closes all that was open before it, save fences and HTML; so the text is read in stretches from one to the next, and
 * only those with a line that leaves doubt are parsed.
 */
export function readHeadings(text: string): readonly Heading[] {
  const known = remembered.get(text);
  if (known) return known;
  const headings = findHeadings(text);
  remembered.set(text, headings);
  return headings;
}

/** A text is read when it has been edited, to see what the edit did, and again when it is edited next. */
const remembered: BoundedCache<string, readonly Heading[]> = createBoundedCache(32, () => 1);

function findHeadings(text: string): readonly Heading[] {
  const found: Heading[] = [];
  let at = frontMatterEnd(text) > 0 ? parseStretch(text, 0, frontMatterEnd(text), found) : 0;
  let closed = at;
  for (let line = lineFrom(text, at); line; line = lineFrom(text, at)) {
    const { index, groups = {} } = line;
    at = nextLine(text, index);
    if (groups['mark'] !== undefined) found.push(markedHeading(text, index, at));
    else if (groups['fence'] !== undefined) at = fenceEnd(text, index, groups['fence']);
    else if (groups['under'] !== undefined && followsBlankLine(text, index)) continue;
    else if (isInsideItem(text, closed, index)) continue;
    else at = parseStretch(text, found.pop()?.start ?? 0, index, found);
    closed = at;
  }
  return found;
}

function lineFrom(text: string, at: number): RegExpExecArray | null {
  mattering.lastIndex = at;
  return mattering.exec(text);
}

/**
 * Whether a line belongs to a list item, where no heading is ours: all lines since the item's first one are indented as its
 * text is, or blank. Only items of the outermost level whose text starts two columns in are recognised; of others, the parser
 * decides.
 * @param from where nothing is open
 */
function isInsideItem(text: string, from: number, start: number): boolean {
  let line = start;
  while (indented.test(text.slice(line, line + 2))) {
    do {
      if (line <= from) return false;
      line = previousLine(text, line);
    } while (blank.test(text.slice(line, nextLine(text, line))));
  }
  const first = text.slice(line, nextLine(text, line));
  return line !== start && item.test(first) && !thematicBreak.test(first);
}

const indented = /^(?: {2}| ?\t)/;
const blank = /^[ \t]*[\r\n]*$/;
const item = /^[-*+] [^ \t\r\n]/;
const thematicBreak = /^([-*+])(?:[ \t]*\1){2,}[ \t]*[\r\n]*$/;

/** Where the line before the one that starts at `start` starts. */
function previousLine(text: string, start: number): number {
  let at = start - 1;
  if (text[at] === '\n' && text[at - 1] === '\r') at -= 1;
  while (at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\r') at -= 1;
  return at;
}

/**
 * Parses from `start` until a mark after `from` is a heading, looking twice as far each time, since a code block may hold many
 * lines that start with `#`. Adds the headings up to there to `found`, and returns where that is.
 */
function parseStretch(text: string, start: number, from: number, found: Heading[]): number {
  mark.lastIndex = from;
  for (let far = 1, seen = 1, next = mark.exec(text); next; seen += 1, next = mark.exec(text)) {
    if (seen < far || next.index <= from) continue;
    const headings = headingsIfClosed(text.slice(start, next.index));
    if (headings) return addAll(found, headings, start, next.index);
    far = 2 * seen;
  }
  return addAll(found, parseHeadings(text.slice(start)), start, text.length);
}

/**
 * The headings of `lines`; none where a heading put after it would not be read as one, since a code fence, a comment or HTML
 * is still open.
 */
export function headingsIfClosed(lines: string): readonly Heading[] | undefined {
  const headings = parseHeadings(`${lines}# end`);
  return headings.at(-1)?.start === lines.length ? headings.slice(0, -1) : undefined;
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

/** Offset after the line that closes a fence, or of the end of the text: nothing else closes one that is in no list or quote. */
function fenceEnd(text: string, start: number, fence: string): number {
  const closing = new RegExp(`(?<![^\\r\\n]) {0,3}${fence}${fence.charAt(0)}*[ \\t]*(?![^\\r\\n])`, 'g');
  closing.lastIndex = nextLine(text, start);
  const closed = closing.exec(text);
  return closed ? nextLine(text, closed.index) : text.length;
}

/** Without a text line above it, a line of `-` or `=` underlines nothing. */
function followsBlankLine(text: string, start: number): boolean {
  const blanks = blanksStart(text, 0, start);
  return blanks === 0 || countLineEnds(text.slice(blanks, start)) > 1;
}

function addAll(found: Heading[], headings: readonly Heading[], by: number, next: number): number {
  for (const heading of headings)
    found.push({ ...heading, start: heading.start + by, bodyStart: heading.bodyStart + by });
  return next;
}
