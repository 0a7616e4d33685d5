import { stripVTControlCharacters } from 'node:util';

const graphemes = new Intl.Segmenter();
const WIDE = /[\p{Emoji_Presentation}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303E\uFF01-\uFF60]/u;
const EMPTY = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u;

/** Columns of a terminal that one line takes, colours aside. */
export function textWidth(line: string): number {
  const plain = stripVTControlCharacters(line);
  if (/^[\x20-\x7E]*$/.test(plain)) return plain.length;
  return [...graphemes.segment(plain)].reduce((sum, { segment }) => sum + graphemeWidth(segment), 0);
}

function graphemeWidth(grapheme: string): number {
  if (EMPTY.test(grapheme)) return 0;
  return WIDE.test(grapheme) || grapheme.includes('\uFE0F') ? 2 : 1;
}

/** Spaces behind a text, up to a width. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** Breaks lines between words where they are too long; a word that is longer than a line is cut. */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => (textWidth(line) <= width ? [line] : wrapLine(line, width)));
}

function wrapLine(line: string, width: number): string[] {
  const [, margin = '', rest = ''] = /^(\s*(?:[-*+] |\d+\. |> )?)(.*)$/.exec(line) ?? [];
  const hanging = ' '.repeat(Math.min(margin.length, width / 2));
  const lines = [margin];
  let empty = true;
  for (const word of rest.split(/ +/).flatMap((whole) => cut(whole, width - hanging.length))) {
    const current = lines.at(-1) ?? '';
    const longer = empty ? current + word : `${current} ${word}`;
    if (empty || textWidth(longer) <= width) lines.splice(-1, 1, longer);
    else lines.push(hanging + word);
    empty = false;
  }
  return lines;
}

function cut(word: string, width: number): string[] {
  if (textWidth(word) <= width) return [word];
  const pieces = [''];
  for (const { segment } of graphemes.segment(word)) {
    const longer = (pieces.at(-1) ?? '') + segment;
    if (textWidth(longer) <= width) pieces.splice(-1, 1, longer);
    else pieces.push(segment);
  }
  return pieces;
}
