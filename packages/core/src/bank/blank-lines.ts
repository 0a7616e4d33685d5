/** What Markdown leaves out of account between blocks: spaces, tabs and line ends. Other white space is text. */
function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\n' || char === '\r';
}

// Loops below, since a regular expression that looks for the blanks at an end is quadratic on long runs of blanks.

/** Offset where the blanks at the end of `text` start. */
export function blanksStart(text: string, from = 0, to: number = text.length): number {
  let start = to;
  while (start > from && isBlank(text[start - 1])) start -= 1;
  return start;
}

/** Offset where the blanks at the start of `text` end. */
export function blanksEnd(text: string, from = 0, to: number = text.length): number {
  let end = from;
  while (end < to && isBlank(text[end])) end += 1;
  return end;
}

/** `text` without the blanks around it. */
export function trimBlanks(text: string): string {
  return text.slice(blanksEnd(text), blanksStart(text));
}

/** Offset of the first line of `text` that is not blank: its indentation counts, blank lines before it do not. */
export function blankLinesEnd(text: string, from = 0, to: number = text.length): number {
  let start = blanksEnd(text, from, to);
  while (start > from && (text[start - 1] === ' ' || text[start - 1] === '\t')) start -= 1;
  return start;
}

/** The line end used most in `text`; `\n` where none is. */
export function lineEndOf(text: string): string {
  const count = { '\n': 0, '\r\n': 0, '\r': 0 };
  for (const [end] of text.matchAll(/\r\n|\n|\r/g)) count[end as keyof typeof count] += 1;
  if (count['\r\n'] > count['\n'] && count['\r\n'] >= count['\r']) return '\r\n';
  return count['\r'] > count['\n'] ? '\r' : '\n';
}

/** `text` with every line ended by `lineEnd`. */
export function withLineEnds(text: string, lineEnd: string): string {
  return text.replaceAll(/\r\n|\n|\r/g, lineEnd);
}

/** How many lines end in `text`. */
export function countLineEnds(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
