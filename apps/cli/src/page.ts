import { ago } from './ago.ts';
import { table } from './columns.ts';
import type { Io, Output } from './io.ts';
import { type Paint, paintFor } from './paint.ts';
import { wrap } from './text-width.ts';

/** How an answer is laid out for people. */
export interface Page {
  readonly paint: Paint;
  /** Somebody reads it on a screen; else it goes to a file or another program, which wants texts as they are. */
  readonly onScreen: boolean;
  /** Makes stored text fit to be shown: on a screen, nothing in it can move the cursor or change colours. */
  readonly text: (stored: string) => string;
  /** Stored text moved to the right, on a screen broken into lines. */
  readonly indented: (stored: string, by?: number) => string;
  /** Our own words, on a screen broken into lines. */
  readonly prose: (words: string) => string;
  /** Columns side by side; on a screen, the last one broken into lines. */
  readonly table: (head: readonly string[], rows: readonly (readonly string[])[]) => string;
  /** How long ago a moment was, or its day. */
  readonly ago: (moment: string) => string;
}

/** A page on `output`. */
export function openPage(io: Io, output: Output): Page {
  const paint = paintFor(io, output);
  const onScreen = output.isTerminal;
  // Nobody reads a file or a pipe by lines of a screen, and grep finds what is in one line.
  const width = onScreen ? Math.min(output.columns, 100) : Number.POSITIVE_INFINITY;
  const text = (stored: string): string => (onScreen ? withoutControls(stored) : stored);
  return {
    paint,
    onScreen,
    text,
    indented(stored, by = 2) {
      const lines = wrap(text(stored), width - by);
      return lines.map((line) => (line === '' ? '' : ' '.repeat(by) + line)).join('\n');
    },
    prose: (words) => wrap(words, width).join('\n'),
    table: (head, rows) => table(head.map(paint.dim), rows, width),
    ago: (moment) => ago(Date.parse(moment), io.now()),
  };
}

/** Escape sequences begin with a control character, and some characters turn the text around them; line ends do no harm. */
function withoutControls(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(/[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
}
