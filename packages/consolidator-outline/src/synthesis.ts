import { type Category, categories } from '@live-mem/core';
import type { Entry } from './entry.ts';
import { cut, escapeName } from './inline-text.ts';
import type { Language } from './language.ts';
import { synthesisWords, type Words } from './synthesis-words.ts';

/** Characters of a synthesis, at most. */
const SYNTHESIS_LIMIT = 3000;

/** How wide lines and how long lists may be; the first that keeps the synthesis within its limit is taken. */
const SIZES = [
  { width: 120, items: 10 },
  { width: 96, items: 10 },
  { width: 80, items: 10 },
  { width: 96, items: 6 },
  { width: 80, items: 5 },
  { width: 50, items: 4 },
] as const;

const FEW = 5;
/** Entries that count as lately. */
const LATELY = 50;

type Size = (typeof SIZES)[number];

/** What an agent should know first, drawn from the entries of the bank alone. */
export function writeSynthesis(entries: readonly Entry[], language: Language): string {
  if (entries.length === 0) return '';
  const newest = entries.toSorted((one, other) => compare(other.minute, one.minute));
  const drafts = SIZES.map((size) => () => draft(newest, synthesisWords[language], size));
  for (const write of drafts) {
    const text = write();
    if (text.length <= SYNTHESIS_LIMIT) return text;
  }
  return drafts.at(-1)?.().slice(0, SYNTHESIS_LIMIT) ?? '';
}

function draft(newest: readonly Entry[], words: Words, { width, items }: Size): string {
  const open = (category: Category) => newest.filter((entry) => entry.category === category && entry.done !== true);
  const list = (title: string, of: readonly Entry[], most: number) => {
    const shown = of.slice(0, Math.min(most, items));
    if (shown.length === 0) return [];
    const count = of.length > shown.length ? ` (${words.of(shown.length, of.length)})` : '';
    return [`## ${title}${count}\n\n${shown.map((entry) => line(entry, width)).join('\n')}`];
  };
  return `${[
    `# ${words.title}`,
    `${counts(newest, words)} ${words.made}`,
    ...list(words.decisions, open('decision'), FEW),
    ...list(words.progress, open('progress'), FEW),
    ...list(words.todos, open('todo'), items),
    ...list(words.questions, open('question'), items),
    ...list(words.issues, open('issue'), FEW),
    `## ${words.active}\n\n${active(newest.slice(0, LATELY), words)}`,
  ].join('\n\n')}\n`;
}

function counts(entries: readonly Entry[], words: Words): string {
  const known = categories.flatMap((category) => {
    const of = entries.filter((entry) => entry.category === category);
    if (of.length === 0) return [];
    const done = of.filter((entry) => entry.done === true).length;
    const [one, several] = words.categories[category];
    return [`${of.length} ${of.length === 1 ? one : several}${done > 0 ? ` (${words.closed(done)})` : ''}`];
  });
  return `${words.total(entries.length)}${known.length > 0 ? `${words.colon} ${known.join(', ')}` : ''}.`;
}

function line({ minute, agent, content }: Entry, width: number): string {
  return cut(`- ${minute.slice(0, 10)} ${escapeName(cut(agent, 40))}: ${gist(content)}`, width);
}

/** The first line that says something, without the marks of Markdown blocks. */
function gist(content: string): string {
  const said = content.split('\n', 50).map((text) =>
    text
      .slice(0, 400)
      .replace(/^[\s>#*+|~`-]+|^\s*\d+[.)]\s+/, '')
      .trim(),
  );
  return (said.find((text) => /[\p{L}\p{N}\p{S}]/u.test(text)) ?? '…').replace(/\s+/g, ' ').replaceAll('<', '\\<');
}

function active(lately: readonly Entry[], words: Words): string {
  const agents = [...Map.groupBy(lately, ({ agent }) => agent)].slice(0, FEW);
  return agents
    .map(
      ([agent, of]) =>
        `- ${escapeName(cut(agent, 40))}${words.colon} ${words.notes(of.length, lately.length)}, ${words.last} ${of[0]?.minute.slice(0, 10) ?? ''}`,
    )
    .join('\n');
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
