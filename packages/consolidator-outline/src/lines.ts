/** One line of a Markdown text, with where it stands. */
export interface Line {
  readonly text: string;
  /** UTF-16 offset of its first character. */
  readonly start: number;
  /** Offset just after its line end. */
  readonly next: number;
  /** It belongs to front matter, fenced code, a comment or raw HTML: nothing in it is Markdown. */
  readonly opaque: boolean;
}

const LINE = /[^\r\n]*(?:\r\n?|\n|$)/y;
const FENCE = /^ ?(`{3,}(?!.*`)|~{3,})/;

const BLANK = /^[ \t]*$/;
const TAGS =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|' +
  'figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|' +
  'noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul';

/** How blocks of HTML start and end. @see https://spec.commonmark.org/0.31.2/#html-blocks */
const HTML: readonly (readonly [start: RegExp, end: RegExp])[] = [
  [/^ ?<(?:pre|script|style|textarea)(?:\s|>|$)/i, /<\/(?:pre|script|style|textarea)>/i],
  [/^ ?<!--/, /-->/],
  [/^ ?<\?/, /\?>/],
  [/^ ?<!\[CDATA\[/, /\]\]>/],
  [/^ ?<![a-z]/i, />/],
  [new RegExp(`^ ?</?(?:${TAGS})(?:\\s|/?>|$)`, 'i'), BLANK],
];
/** Any other tag alone on its line, where no paragraph goes on. */
const LONE_TAG = /^ ?<(?:[a-z][a-z0-9-]*(?:\s[^<>]*)?|\/[a-z][a-z0-9-]*\s*)>[ \t]*$/i;

/**
 * The lines of a text. What is indented by two columns or more counts as content of a list item, so a fence there is none:
 * this is how an entry confines what a note says.
 */
export function readLines(text: string): Line[] {
  const lines: Line[] = [];
  let end: RegExp | undefined = /^---[ \t]*\r?\n[\s\S]*?\n---[ \t]*(?:\r?\n|$)/.test(text) ? /^---[ \t]*$/ : undefined;
  for (let start = 0; start < text.length; ) {
    LINE.lastIndex = start;
    const whole = LINE.exec(text)?.[0] ?? '';
    const content = whole.replace(/[\r\n]+$/, '');
    const opened = end === undefined ? endOfBlock(content, lines.at(-1)) : undefined;
    lines.push({ text: content, start, next: start + whole.length, opaque: end !== undefined || opened !== undefined });
    if (end === undefined) end = opened === 'same line' ? undefined : opened;
    else if (start > 0 && end.test(content)) end = undefined;
    start += whole.length;
  }
  return lines;
}

/** Blank as CommonMark has it: a no-break space is text. */
export function isBlank(line: string): boolean {
  return BLANK.test(line);
}

function endOfBlock(line: string, above: Line | undefined): RegExp | 'same line' | undefined {
  const fence = FENCE.exec(line)?.[1];
  if (fence !== undefined) return new RegExp(`^ {0,3}${fence.charAt(0)}{${fence.length},}[ \\t]*$`);
  const [, end] = HTML.find(([start]) => start.test(line)) ?? [];
  if (end !== undefined) return end.test(line.replace(/^ ?<(?:!--)?/, '')) ? 'same line' : end;
  return LONE_TAG.test(line) && (above === undefined || isBlank(above.text)) ? BLANK : undefined;
}
