import type { Category } from '@live-mem/core';

/** Languages a bank is kept in. */
export type Language = 'en' | 'fr';

const FRENCH = /\b(?:le|la|les|des|du|une|est|et|dans|pour|avec|sur|qui|que|ce|au|aux|par)\b/gi;
const ENGLISH = /\b(?:the|of|and|is|are|to|in|for|with|what|which|that|this|a|an|by|it)\b/gi;

/** French where its small words are more than the English ones. */
export function languageOf(text: string): Language {
  return (text.match(FRENCH)?.length ?? 0) > (text.match(ENGLISH)?.length ?? 0) ? 'fr' : 'en';
}

/** Headings for what the rules give no heading. */
export const headings: Readonly<Record<Language, Readonly<Record<Category, string>>>> = {
  en: {
    observation: 'Observations',
    decision: 'Decisions',
    todo: 'Todos',
    insight: 'Insights',
    question: 'Questions',
    progress: 'Progress',
    issue: 'Issues',
  },
  fr: {
    observation: 'Observations',
    decision: 'Décisions',
    todo: 'À faire',
    insight: 'Enseignements',
    question: 'Questions',
    progress: 'Avancement',
    issue: 'Problèmes',
  },
};

const words: Readonly<Record<Category, RegExp>> = {
  observation: /\b(?:observations?|observed|constats?|constatations?|findings?|remarques?|context|contexte)\b/,
  decision: /\b(?:decisions?|decided|choices|choix|adrs?)\b/,
  todo: /\b(?:to-?dos?|to do|tasks?|taches?|a faire|next|backlog|prochaines?|reste)\b/,
  insight:
    /\b(?:insights?|lessons?|lecons?|learned|learnings?|learnt|enseignements?|apprentissages?|knowledge|connaissances)\b/,
  question: /\b(?:questions?|interrogations?)\b/,
  progress:
    /\b(?:progress|progression|progres|avancements?|avancees?|done|fait|faits|status|statut|changelog|journal|history|historique)\b/,
  issue: /\b(?:issues?|problems?|problemes?|bugs?|incidents?|blockers?|blocages?|anomalies?|risks?|risques?)\b/,
};

/** Whether a heading or the name of a document speaks of a category, in English or in French. */
export function speaksOf(text: string, category: Category): boolean {
  return words[category].test(plain(text));
}

/** Without case, accents, emoji and punctuation: for comparing headings that people typed twice. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
