import { type Category, categories } from '@live-mem/core';
import { type Mention, mentionedDocuments } from './bank-path.ts';
import { plain } from './language.ts';
import { type RuleLine, readRuleLines } from './rule-lines.ts';

/** A place for notes that the rules name: a document, or a heading of one. */
export interface Place {
  readonly filename: string;
  /** `sure`: written as a heading, not only as the first words of an item. */
  readonly heading?: { readonly text: string; readonly level: number; readonly sure: boolean };
  /** Categories it names outright, in backticks or parentheses. */
  readonly named: readonly Category[];
  /** What the rules say about it. */
  readonly says: string;
  /** Title of the document, where the rules give one beside its name. */
  readonly title: string;
  readonly intro: string;
}

/** The document that lines belong to, and how far it reaches. */
interface Scope {
  readonly filename: string;
  readonly level: number;
  readonly indent: number;
}

const QUOTED_HEADING = /[`"“«*]\s*(#{1,6})\s+([^`"“”«»*\n]{1,100}?)\s*[`"”»*]/g;
const BARE_HEADING = /^(#{1,6})\s+([^:(—–]{1,100})/;
const BOLD = /^\*\*([^*]{1,100})\*\*/;
const PLAIN_ITEM = /^([\p{L}\p{N}'’ /&-]{2,60}?)\s*(?:[:(.—–]|$)/u;
const NO_HEADING = Number.POSITIVE_INFINITY;

/** Every place that the rules name, in their order. */
export function readPlaces(rules: string): Place[] {
  const places: Place[] = [];
  let scopes: readonly Scope[] = [];
  for (const line of readRuleLines(rules)) {
    scopes = scopes.filter((scope) => reaches(scope, line));
    const around = scopes.at(-1);
    const mentions = mentionedDocuments(line.text);
    const [first] = mentions;
    if (first && names(line, first, around)) {
      places.push(...mentions.map((mention) => documentPlace(line, mention, mentions.length === 1)));
      if (mentions.length === 1) scopes = [...scopes, scopeOf(line, first.filename)];
      places.push(...(line.kind === 'code' ? [] : headingPlaces(line, first.filename, true)));
    } else if (around) places.push(...headingPlaces(line, around.filename, false));
  }
  return places;
}

function reaches({ level, indent }: Scope, line: RuleLine): boolean {
  if (line.kind === 'heading') return level !== NO_HEADING && line.level > level;
  return line.kind !== 'item' || line.indent > indent;
}

function scopeOf(line: RuleLine, filename: string): Scope {
  if (line.kind === 'heading') return { filename, level: line.level, indent: -1 };
  return { filename, level: NO_HEADING, indent: line.kind === 'item' ? line.indent : -1 };
}

/** Inside the part of one document, another one that is merely mentioned is a reference. */
function names(line: RuleLine, { filename, index }: Mention, around: Scope | undefined): boolean {
  if (around === undefined || line.kind === 'heading') return true;
  if (around.level === NO_HEADING && (around.indent === -1 || line.kind !== 'item')) return true;
  return line.kind === 'item' && filename !== around.filename && !/[\p{L}\p{N}]/u.test(line.text.slice(0, index));
}

function documentPlace(line: RuleLine, { filename, index, length }: Mention, alone: boolean): Place {
  const after = clean(line.text.slice(index + length).replace(QUOTED_HEADING, ''));
  const isHeading = line.kind === 'heading' && alone;
  const before = clean(line.text.slice(0, index)).replace(/^\d+[.)]?(?:\s+|$)/, '');
  const title = isHeading ? before || (isShort(after) ? after : '') : '';
  const describes = alone && line.kind !== 'code' && (isHeading || before === '') && after !== title;
  const intro = line.paragraph || (describes ? after : '');
  return { filename, named: alone ? namedIn(line.text) : [], says: line.text, title, intro: introOf(intro) };
}

function headingPlaces(line: RuleLine, filename: string, naming: boolean): Place[] {
  const common = { filename, title: '', intro: '' };
  const quoted = [...line.text.matchAll(QUOTED_HEADING)];
  if (quoted.length > 0) {
    return quoted.map(({ 1: marks = '##', 2: text = '', index }, at) => {
      const says = line.text.slice(index, quoted[at + 1]?.index);
      return { ...common, heading: { text, level: marks.length, sure: true }, named: namedIn(says), says };
    });
  }
  if (naming) return [];
  const place = { ...common, named: namedIn(line.text), says: line.text };
  const heading = headingOf(line);
  if (heading) return [{ ...place, heading }];
  return line.kind !== 'code' && place.named.length > 0 ? [place] : [];
}

function headingOf({ kind, text }: RuleLine): Place['heading'] {
  if (kind === 'heading') return nameIn(text) === '' ? undefined : { text: nameIn(text), level: 2, sure: true };
  if (kind !== 'item') return undefined;
  const [, marks, bare] = BARE_HEADING.exec(text) ?? [];
  if (marks !== undefined && bare !== undefined) return { text: nameIn(bare), level: marks.length, sure: true };
  const bold = BOLD.exec(text)?.[1];
  if (bold !== undefined && nameIn(bold) !== '') return { text: nameIn(bold), level: 2, sure: true };
  const words = PLAIN_ITEM.exec(text)?.[1];
  return words !== undefined && words.split(' ').length <= 5
    ? { text: nameIn(words), level: 2, sure: false }
    : undefined;
}

function nameIn(words: string): string {
  return clean(words).replace(/\s*\([^()]*\)$/, '');
}

function namedIn(text: string): Category[] {
  // A heading in backticks is passed over as a whole: from its second backtick on, what lies between them would be read inside out.
  const marked = [...text.matchAll(/`([^`]+)`|\(([^()]*)\)/g)].flatMap(([, ticked, aside]) => [
    ...(ticked === undefined || ticked.includes('#') ? [] : [ticked]),
    ...(aside === undefined ? [] : aside.split(/[\s,;/|]+/)),
  ]);
  const words = new Set(marked.map((word) => plain(word).replace(/s$/, '')));
  return categories.filter((category) => words.has(category.replace(/s$/, '')));
}

function isShort(text: string): boolean {
  return text.split(/\s+/).length <= 4 && !/[.!?:;,]/.test(text);
}

/** A sentence that is safe below a title: no start of a block, nothing that could hide what follows. */
function introOf(text: string): string {
  return /^[\p{L}\p{N}"“«(]/u.test(text) && !/[:：]$|<|\]:/.test(text) ? text : '';
}

function clean(text: string): string {
  return text.replace(/^[\s`*_:|()[\]#→>–—-]+|[\s`*_:|([\]#→>–—-]+$/g, '').trim();
}
