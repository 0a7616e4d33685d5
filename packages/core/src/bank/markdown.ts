import type { Heading as HeadingNode, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfmTable } from 'micromark-extension-gfm-table';

/** What is inside a line never decides which lines are headings, and costs most of the time and all of the quadratic cases. */
const blocksOnly = {
  disable: {
    null: [
      'attention',
      'autolink',
      'characterEscape',
      'characterReference',
      'codeText',
      'hardBreakEscape',
      'htmlText',
      'labelEnd',
      'labelStartImage',
      'labelStartLink',
    ],
  },
};

const plain = { extensions: [gfmTable(), blocksOnly], mdastExtensions: [gfmTableFromMarkdown()] };

const withFrontMatter = {
  extensions: [frontmatter('yaml'), ...plain.extensions],
  mdastExtensions: [frontmatterFromMarkdown('yaml'), ...plain.mdastExtensions],
};

const frontMatterOpens = /^\uFEFF?---[ \t]*(?:\r\n|\r|\n)/;
const frontMatterCloses = /(?<=[\r\n])---[ \t]*(?![^\r\n])/g;

/** A heading of the outermost level of a Markdown text: none of a quote, a list or a code block. */
export interface Heading {
  /** Source text without its marks, on one line, trimmed. */
  readonly heading: string;
  /** 1 to 6. */
  readonly level: number;
  /** UTF-16 offset where its first line starts. */
  readonly start: number;
  /** Offset just after its last line, the line end included. */
  readonly bodyStart: number;
}

/** The headings that a CommonMark parser finds in `text`, with YAML front matter and GFM tables, in source order. */
export function parseHeadings(text: string): readonly Heading[] {
  // Where front matter is never closed, the extension misreads the lists after it.
  const root: Root = fromMarkdown(text, frontMatterEnd(text) > 0 ? withFrontMatter : plain);
  // micromark drops a byte order mark before it counts.
  const shift = text.startsWith('\uFEFF') ? 1 : 0;
  return root.children.filter((node) => node.type === 'heading').map((node) => headingOf(text, node, shift));
}

/** Offset where the last line of the YAML front matter starts; 0 where there is none. */
export function frontMatterEnd(text: string): number {
  const opens = frontMatterOpens.exec(text);
  if (!opens) return 0;
  frontMatterCloses.lastIndex = opens[0].length;
  return frontMatterCloses.exec(text)?.index ?? 0;
}

function headingOf(text: string, node: HeadingNode, shift: number): Heading {
  const from = shift + (node.position?.start.offset ?? 0);
  const to = shift + (node.position?.end.offset ?? 0);
  // A setext heading after link definitions claims them too; its words say where it really starts.
  const words = node.children[0]?.position?.start.offset;
  const wordsEnd = node.children.at(-1)?.position?.end.offset;
  return {
    heading: words === undefined || wordsEnd === undefined ? '' : oneLine(text.slice(words + shift, wordsEnd + shift)),
    level: node.depth,
    start: lineStart(text, words === undefined ? from : words + shift, shift),
    bodyStart: nextLine(text, to),
  };
}

function oneLine(words: string): string {
  return words
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .join(' ')
    .trim();
}

function lineStart(text: string, offset: number, floor: number): number {
  let start = offset;
  while (start > floor && text[start - 1] !== '\n' && text[start - 1] !== '\r') start -= 1;
  return start;
}

/** Offset just after the end of the line that holds `offset`. */
export function nextLine(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end += 1;
  if (text[end] === '\r' && text[end + 1] === '\n') return end + 2;
  return Math.min(end + 1, text.length);
}
