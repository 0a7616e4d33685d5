import type { Entry } from './entry.ts';
import { isBlank, type Line, readLines } from './lines.ts';

/** A new entry, not yet in its document. */
export interface NewEntry {
  readonly minute: string;
  /** The item, without a line end. */
  readonly text: string;
}

/** Where in a document a text goes in; nothing that stands there is taken out. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/**
 * Where new entries go among those of a section, so that the newest comes first. What people wrote before, between and after
 * the entries stays where it is.
 * @param document the whole text
 * @param from offset where the section's own text starts
 * @param to offset where it ends
 * @param there the entries in between
 * @param fresh newest first
 */
export function mergeEntries(
  document: string,
  { from, to }: { readonly from: number; readonly to: number },
  there: readonly Entry[],
  fresh: readonly NewEntry[],
): Insertion[] {
  const lines = lineEndOf(document);
  const byPlace = Map.groupBy(fresh, ({ minute }) => there.find((entry) => entry.minute <= minute));
  return [...byPlace].map(([older, group]) => {
    const list = joinEntries(group.map(({ text }) => text));
    const last = there.at(-1);
    const insertion = older
      ? before(older, list, group.at(-1))
      : last
        ? behind(document, last, list)
        : alone(document, from, to, list);
    return { at: insertion.at, text: insertion.text.replaceAll('\n', lines) };
  });
}

/** The text from `from` to `to` with all that goes in there. */
export function insert(text: string, from: number, to: number, insertions: readonly Insertion[]): string {
  let whole = '';
  let done = from;
  for (const { at, text: added } of insertions.toSorted((one, other) => one.at - other.at)) {
    whole += text.slice(done, at) + added;
    done = at;
  }
  return whole + text.slice(done, to);
}

/** The line end of a document, by its first line. */
export function lineEndOf(document: string): string {
  return /\r\n|\r|\n/.exec(document)?.[0] ?? '\n';
}

/** Items of a list, newest first, with a blank line behind those of several lines. */
export function joinEntries(items: readonly string[]): string {
  return items.map((item, at) => (at < items.length - 1 && isLong(item) ? `${item}\n` : item)).join('\n');
}

function isLong(item: string): boolean {
  return item.includes('\n');
}

function before(older: Entry, list: string, last: NewEntry | undefined): Insertion {
  return { at: older.start, text: `${list}\n${isLong(last?.text ?? '') ? '\n' : ''}` };
}

function behind(document: string, last: Entry, list: string): Insertion {
  const gap = isLong(document.slice(last.start, last.end).trimEnd()) ? '\n' : '';
  return { at: last.end, text: `${lineEnd(document, last.end)}${gap}${list}\n${gapBefore(document, last.end)}` };
}

/** The first entries of a section: below the paragraph that introduces it, above everything else. */
function alone(document: string, from: number, to: number, list: string): Insertion {
  const at = from + introLength(document.slice(from, to));
  const blank = /(?:^|\n|\r(?!\n))[ \t]*(?:\r?\n|\r)$/.test(document.slice(from, at)) ? '' : '\n';
  return { at, text: `${lineEnd(document, at)}${blank}${list}\n${apart(document, at)}` };
}

/** Length of the blank lines and the prose a section starts with; prose that might be anything else is left out. */
function introLength(own: string): number {
  const lines = readLines(own);
  const first = lines.findIndex(({ text }) => !isBlank(text));
  if (first === -1) return own.length;
  const blank = lines.findIndex(({ text }, at) => at > first && isBlank(text));
  const paragraph = lines.slice(first, blank === -1 ? lines.length : blank);
  return paragraph.every(isProse) ? (paragraph.at(-1)?.next ?? 0) : (lines[first]?.start ?? 0);
}

function isProse({ text, opaque }: Line): boolean {
  return !opaque && /^(?:[\p{L}"'“«(¿¡]|[*_]{1,3}\p{L})/u.test(text) && !/[`<]|\]:/.test(text);
}

function lineEnd(document: string, at: number): string {
  return at === 0 || /[\r\n]/.test(document.charAt(at - 1)) ? '' : '\n';
}

/** A blank line between a list and what comes right behind it, unless that is a list too. */
function gapBefore(document: string, at: number): string {
  const [next = ''] = document.slice(at, at + 100).split(/[\r\n]/, 1);
  return isBlank(next) || next.startsWith('- ') ? '' : '\n';
}

/** What keeps text that is indented from becoming part of the list above it. */
function apart(document: string, at: number): string {
  const indented = /^(?:[ \t]*[\r\n])*(?: {2}| ?\t)[ \t]*[^\s]/.test(document.slice(at, at + 1000));
  return indented ? '\n<!-- -->\n\n' : gapBefore(document, at);
}
