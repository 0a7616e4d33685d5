import { fromMarkdown } from 'mdast-util-from-markdown';
import { isBlank } from './lines.ts';

/** What has no say in whether there is HTML or a definition, and takes quadratic time on hostile text. */
const parsing = { extensions: [{ disable: { null: ['attention', 'labelEnd', 'labelStartImage', 'labelStartLink'] } }] };
/** Beyond this, a suspicious text is quoted without asking the parser, whose time an agent could otherwise waste. */
const PARSED_AT_MOST = 10_000;
const SUSPICIOUS = /<[a-z/!?]|\]:/i;
const DEEP = /^[ \t>*+\-\d.)]{120}|[[*_!]{60}/m;
const BLOCK_START =
  /^(?:\s|#{1,6}(?:\s|$)|[-*+](?:\s|$)|\d{1,9}[.)](?:\s|$)|[>|<]|`{3}|~{3}|([-*_])(?:[ \t]*\1){2,}[ \t]*$)/;
const QUOTE = /^(`{3,})note$/;

/** Content as an entry keeps it: line ends as `\n`, no blank lines around it, nothing but the line end on blank lines. */
export function normalContent(content: string): string {
  const lines = content.split(/\r\n?|\n/).map((line) => (isBlank(line) ? '' : line));
  const first = lines.findIndex((line) => line !== '');
  return first === -1 ? '' : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1).join('\n');
}

/**
 * The content behind the head of an entry, every line of it inside the list item. A first line that stands alone goes beside
 * the head. Raw HTML and link definitions reach beyond any list item (a comment left open hides the rest of the page, a
 * definition changes links elsewhere), so a content with one is quoted whole, as code.
 */
export function withContent(head: string, content: string): string {
  const text = normalContent(content);
  if (text === '') return head;
  if (isQuote(text)) return quoted(head, text);
  const plain = laidOut(head, text);
  return DEEP.test(text) || (SUSPICIOUS.test(text) && reachesOut(plain)) ? quoted(head, text) : plain;
}

/** What {@link withContent} was given, in its normal form. */
export function contentOf(beside: string | undefined, below: readonly string[]): string {
  const lines = below.map((line) => line.replace(/^(?: {2}| ?\t)/, ''));
  const text = normalContent(lines.join('\n'));
  if (beside === undefined) return isQuote(text) ? unquoted(text) : text;
  return normalContent(`${beside}\n${lines.join('\n')}`);
}

function laidOut(head: string, text: string): string {
  const [first = '', second] = text.split('\n', 2);
  const besideHead = second === undefined || (second === '' && !BLOCK_START.test(first));
  if (!besideHead) return `${head}\n\n${indented(text)}`;
  return second === undefined ? `${head}: ${first}` : `${head}: ${first}\n${indented(text.slice(first.length + 1))}`;
}

function indented(text: string): string {
  // A regular expression would take U+2028 for a line end; Markdown does not.
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
}

function reachesOut(entry: string): boolean {
  if (entry.length > PARSED_AT_MOST) return true;
  const pending: { readonly type: string; readonly children?: readonly { readonly type: string }[] }[] = [
    fromMarkdown(entry, parsing),
  ];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.type === 'html' || node.type === 'definition') return true;
    if (node.children) pending.push(...node.children);
  }
  return false;
}

function quoted(head: string, text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${head}\n\n${indented(`${fence}note\n${text}\n${fence}`)}`;
}

function isQuote(text: string): boolean {
  const fence = QUOTE.exec(text.split('\n', 1)[0] ?? '')?.[1];
  return fence !== undefined && text.endsWith(`\n${fence}`);
}

function unquoted(text: string): string {
  return text.slice(text.indexOf('\n') + 1, text.lastIndexOf('\n'));
}
