import { isBlank, type Line, readLines } from './lines.ts';

/** A line of the rules, by what it is. */
export interface RuleLine {
  readonly kind: 'heading' | 'item' | 'text' | 'code';
  /** Without the marks of the heading or the item. */
  readonly text: string;
  /** Of a heading, 1 to 6; else 0. */
  readonly level: number;
  /** Of an item, in columns; else 0. */
  readonly indent: number;
  /** Of a heading: the first paragraph under it, on one line. */
  readonly paragraph: string;
}

const ATX = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const ITEM = /^([ \t]*)(?:[-*+]|\d{1,3}[.)])[ \t]+(.*)$/;
const UNDERLINE = /^ {0,3}(=+|-{2,})[ \t]*$/;

/** The lines of rules that are not blank. */
export function readRuleLines(rules: string): RuleLine[] {
  const lines = readLines(rules.replace(/^\uFEFF/, ''));
  return lines.flatMap((line, at) => ruleLine(line, lines, at) ?? []);
}

function ruleLine({ text, opaque }: Line, lines: readonly Line[], at: number): RuleLine | undefined {
  const none = { level: 0, indent: 0, paragraph: '' };
  if (isBlank(text)) return undefined;
  if (opaque) return { kind: 'code', text, ...none };
  const level = levelOf(lines, at);
  if (level > 0) {
    const paragraph = paragraphFrom(lines, ATX.test(text) ? at + 1 : at + 2);
    return { kind: 'heading', text: ATX.exec(text)?.[2] ?? text.trim(), level, indent: 0, paragraph };
  }
  const [, indent, item] = ITEM.exec(text) ?? [];
  if (indent === undefined || item === undefined) return { kind: 'text', text: text.trim(), ...none };
  return { ...none, kind: 'item', text: item.trim(), indent: indent.replaceAll('\t', '    ').length };
}

function levelOf(lines: readonly Line[], at: number): number {
  const { text = '', opaque = true } = lines[at] ?? {};
  const marks = ATX.exec(text)?.[1];
  if (opaque || marks !== undefined) return opaque ? 0 : (marks?.length ?? 0);
  const below = lines[at + 1];
  const underline =
    below && !below.opaque && !isBlank(text) && !ITEM.test(text) ? UNDERLINE.exec(below.text)?.[1] : undefined;
  if (underline === undefined) return 0;
  return underline.startsWith('=') ? 1 : 2;
}

function paragraphFrom(lines: readonly Line[], from: number): string {
  const first = lines.findIndex((line, at) => at >= from && !isBlank(line.text));
  const words: string[] = [];
  for (let at = first; at !== -1 && at < lines.length; at += 1) {
    const { text = '', opaque = true } = lines[at] ?? {};
    if (opaque || isBlank(text) || ITEM.test(text) || levelOf(lines, at) > 0 || /^ {0,3}[|>]/.test(text)) break;
    words.push(text.trim());
  }
  return words.join(' ');
}
