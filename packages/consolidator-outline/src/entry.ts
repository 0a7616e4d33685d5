import { type Category, categories, type RequestNote } from '@live-mem/core';
import { contentOf, withContent } from './entry-content.ts';
import { escapeName, unescapeName } from './inline-text.ts';
import { isBlank, type Line, readLines } from './lines.ts';

/** One note as a document of the bank holds it: an item of a list. */
export interface Entry {
  /** UTC, to the minute: `2026-01-28 09:04`. */
  readonly minute: string;
  readonly agent: string;
  readonly tags: readonly string[];
  /** See {@link citationOf}. */
  readonly citation: string;
  /** Undefined where the citation does not tell. */
  readonly category: Category | undefined;
  /** The box of a todo, a question or an issue; undefined where the entry has none. */
  readonly done: boolean | undefined;
  /** Content of the note: line ends as `\n`, no blank lines around it. */
  readonly content: string;
  /** UTF-16 offset of the item in its document. */
  readonly start: number;
  /** Offset just after its last line that is not blank. */
  readonly end: number;
}

const HEAD = /^- (?:\[([ xX])\] )?\*\*(\d{4}-\d\d-\d\d \d\d:\d\d)\*\* ((?:\\.|[^\\`])*)`([^`]+)`(?:: (.*))?$/s;
const SIGNATURE = /^((?:\\.|[^\\(])*?) ?(?:\(((?:\\.|[^\\)])*)\))? $/s;
const TAG = /((?:\\.|[^\\,])+)(?:, |$)/gs;
const NOTE_ID = new RegExp(`(?:^|_)((${categories.join('|')})_[0-9a-f]{8})$`);
const TO_BE_CLOSED: ReadonlySet<Category> = new Set<Category>(['todo', 'question', 'issue']);

/**
 * How an entry names its note: the end of the note's name, `issue_1f2e3d4c`, by which it is found among the notes and in the
 * log; the whole name where it has another form. Never holds white space or backticks.
 */
export function citationOf(noteId: string): string {
  return NOTE_ID.exec(noteId)?.[1] ?? wholeCitation(noteId);
}

/** The whole name of a note as a citation, for names that end alike. */
export function wholeCitation(noteId: string): string {
  return encodeURIComponent(noteId.toWellFormed()) || 'note';
}

/** An entry is known by its minute and its citation together. */
export function keyOf(entry: Pick<Entry, 'minute' | 'citation'>): string {
  return `${entry.minute} ${entry.citation}`;
}

/** @param timestamp ISO 8601 in UTC */
export function minuteOf(timestamp: string): string {
  return timestamp.slice(0, 16).replace('T', ' ');
}

/** The note as an item of a list, without a line end. */
export function formatEntry(note: RequestNote, citation: string = citationOf(note.id)): string {
  const box = TO_BE_CLOSED.has(note.category) ? '[ ] ' : '';
  const tags = note.tags.map(escapeName).filter((tag) => tag !== '');
  const signature = `${escapeName(note.agent) || '?'} ${tags.length > 0 ? `(${tags.join(', ')}) ` : ''}`;
  return withContent(`- ${box}**${minuteOf(note.timestamp)}** ${signature}\`${citation}\``, note.content);
}

/** The entries of a document, in its order. Whatever else people wrote there is passed over. */
export function entries(text: string): Entry[] {
  const found: Entry[] = [];
  const lines = readLines(text);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    const head = line && !line.opaque && line.text.startsWith('- ') ? HEAD.exec(line.text) : null;
    if (line && head) found.push(readEntry(head, line, continuation(lines, at + 1)));
  }
  return found;
}

/** The indented and blank lines from `from` on, without the blank ones at the end. */
function continuation(lines: readonly Line[], from: number): Line[] {
  let end = from;
  for (let at = from; at < lines.length; at += 1) {
    const { text = '', opaque = true } = lines[at] ?? {};
    if (isBlank(text)) continue;
    if (opaque || !/^(?: {2}| ?\t)/.test(text)) break;
    end = at + 1;
  }
  return lines.slice(from, end);
}

function readEntry(head: RegExpExecArray, line: Line, below: readonly Line[]): Entry {
  const [, box, minute = '', signed = '', citation = '', beside] = head;
  const [, agent = '', tags] = SIGNATURE.exec(signed) ?? [];
  return {
    minute,
    agent: unescapeName(agent),
    tags: Array.from((tags ?? '').matchAll(TAG), ([, tag = '']) => unescapeName(tag)),
    citation,
    category: NOTE_ID.exec(citation)?.[2] as Category | undefined,
    done: box === undefined ? undefined : box !== ' ',
    content: contentOf(
      beside,
      below.map(({ text }) => text),
    ),
    start: line.start,
    end: below.at(-1)?.next ?? line.next,
  };
}
