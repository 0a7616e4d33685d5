import { blanksEnd, blanksStart, countLineEnds } from './blank-lines.ts';

/** Joins kept and new text, and keeps a blank line between the two. */
export interface Seam {
  /** Adds text of the document, byte for byte; returns the offset where it stands. */
  keep(text: string): number;
  /** Adds new text, after a blank line; returns the offset where it stands. */
  put(text: string): number;
  /** Says that what comes next did not follow what came last. */
  cut(): void;
  finish(): string;
}

/** Starts an empty text whose new lines end with `lineEnd`. */
export function createSeam(lineEnd: string): Seam {
  const pieces: string[] = [];
  let length = 0;
  /** The blanks at the end so far; `undefined` while there is nothing but blanks. */
  let tail: string | undefined;
  let loose = false;
  let last: 'kept' | 'new' = 'kept';

  function add(text: string): number {
    const separator = loose && tail !== undefined ? separatorOf(tail, text, lineEnd) : '';
    const start = length + separator.length;
    pieces.push(separator, text);
    length = start + text.length;
    // After a byte order mark alone, a text still starts.
    const from = start === 0 && text.startsWith('\uFEFF') ? 1 : 0;
    const blanks = blanksStart(text, from);
    if (blanks > from) tail = text.slice(blanks);
    else if (tail !== undefined) tail += separator + text;
    loose = false;
    return start;
  }

  return {
    keep(text) {
      if (text === '') return length;
      last = 'kept';
      return add(text);
    },
    put(text) {
      loose = true;
      last = 'new';
      return add(text);
    },
    cut() {
      loose = true;
    },
    finish: () => pieces.join('') + (last === 'new' ? lineEnd : ''),
  };
}

/** Counted on the text as it will be: a `\r` and a `\n` that come to stand side by side are one line end. */
function separatorOf(tail: string, next: string, lineEnd: string): string {
  const head = next.slice(0, blanksEnd(next));
  // The blanks of an unfinished line, or of a blank line that follows, must not join a line of text.
  let separator = /[\r\n]$/.test(tail) || /^[\r\n]/.test(head) ? '' : lineEnd;
  while (countLineEnds(tail + separator + head) < 2) separator += lineEnd;
  return separator;
}
