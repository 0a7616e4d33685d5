import { InvalidInputError } from '../errors.ts';
import { blankLinesEnd, blanksStart, withLineEnds } from './blank-lines.ts';
import { readSections, type Section } from './sections.ts';

/** Longest content of one edit, in UTF-16 code units. */
const longestContent = 1_048_576;

/** Markdown to be put in a document as it is, without blank lines around it. */
export interface Passage {
  readonly text: string;
  /** The sections it consists of, with offsets and paths within `text`; none for plain text. */
  readonly sections: readonly Section[];
}

/** The content of an edit. */
export interface SectionContent {
  readonly whole: Passage;
  /** What stands before its first heading. */
  readonly words: Passage;
  /** Its sections, from the first heading on. */
  readonly parts: Passage;
}

/**
 * Reads the content of an edit, in the line ends of the document it is meant for.
 * @throws {@link InvalidInputError} it is too long, or leaves open what would swallow the text after it
 */
export function readContent(content: string, lineEnd: string): SectionContent {
  if (content.length > longestContent) throw badContent(`is longer than ${longestContent} characters`);
  const text = withoutBlankLines(withLineEnds(content.replace(/^\uFEFF+/, ''), lineEnd));
  // The line before it keeps `---` from being front matter; the heading after it is found only if nothing is left open.
  const before = `text${lineEnd}${lineEnd}`;
  const probe = `${before}${text}${lineEnd}${lineEnd}`;
  const sections = readSections(`${probe}# end`, () => '');
  if (sections.at(-1)?.start !== probe.length) {
    throw badContent(
      'leaves a code fence, a comment or an HTML block open, which would swallow the text after it: close it',
    );
  }
  return contentOf({ text, sections: moved(sections.slice(0, -1), -before.length) });
}

/** The fault of an edit whose content cannot be put where it should go. */
export function badContent(message: string): InvalidInputError {
  return new InvalidInputError([{ at: 'content', message }]);
}

/** The highest level among its headings, 1 to 6; `Infinity` for plain text. */
export function highestLevel({ sections }: Passage): number {
  return sections.reduce((highest, { level }) => Math.min(highest, level), Number.POSITIVE_INFINITY);
}

/** How a heading of that level begins. */
export function marks(level: number): string {
  return '#'.repeat(level);
}

/** Content that begins with a heading, without that heading. */
export function withoutFirstHeading({ whole }: SectionContent): SectionContent {
  const from = blankLinesEnd(whole.text, whole.sections[0]?.bodyStart);
  const sections = whole.sections.slice(1).map((section) => ({ ...section, path: section.path.slice(1) }));
  return contentOf({ text: whole.text.slice(from), sections: moved(sections, -from) });
}

function contentOf(whole: Passage): SectionContent {
  const { text, sections } = whole;
  const at = sections[0]?.start ?? text.length;
  const words = { text: text.slice(0, blanksStart(text, 0, at)), sections: [] };
  return { whole, words, parts: { text: text.slice(at), sections: moved(sections, -at) } };
}

function withoutBlankLines(text: string): string {
  const end = blanksStart(text);
  return text.slice(blankLinesEnd(text, 0, end), end);
}

function moved(sections: readonly Section[], by: number): readonly Section[] {
  return sections.map(({ start, bodyStart, ownEnd, end, ...section }) => ({
    ...section,
    start: start + by,
    bodyStart: bodyStart + by,
    ownEnd: ownEnd + by,
    end: end + by,
  }));
}
