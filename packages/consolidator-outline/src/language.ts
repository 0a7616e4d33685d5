import type { Category } from '@live-mem/core';

/** Languages a bank is kept in. */
export type Language = 'en' | 'fr';

/** Small words that the other language does not have, and the words that rules are made of: rules may be a mere list of names. */
const smallWords: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: new Set(
    'the of and is are to in for with what which that this an by it from not be was were file files memory rules bank'.split(
      ' ',
    ),
  ),
  fr: new Set(
    'le la les l des de du d un une est et dans pour avec sur qui que ce ces au aux par ne se sont en ou fichier fichiers règles regles banque mémoire memoire'.split(
      ' ',
    ),
  ),
};
const WORD = /[\p{L}\p{M}]+/gu;
const ACCENTED = /[àâæçèéêëîïôœùûü]/;
/** Names of files and categories, which are the same in both languages. */
const NAMES = /`[\w./-]*`|[\w./-]+\.md\b/g;

/** French where its words are more than the English ones. */
export function languageOf(text: string): Language {
  const words = text.normalize('NFC').toLowerCase().replace(NAMES, ' ').match(WORD) ?? [];
  const english = words.filter((word) => smallWords.en.has(word)).length;
  const french = words.filter((word) => smallWords.fr.has(word) || ACCENTED.test(word)).length;
  return french > english ? 'fr' : 'en';
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
  decision: /\b(?:decisions?|decided|choices|choix|arbitrages?|adrs?)\b/,
  todo: /\b(?:to-?dos?|to do|tasks?|actions?|taches?|a faire|next|backlog|prochaines?|reste|restant)\b/,
  insight:
    /\b(?:insights?|lessons?|lecons?|learned|learnings?|learnt|enseignements?|apprentissages?|knowledge|connaissances)\b/,
  question: /\b(?:questions?|interrogations?|a clarifier|a trancher)\b/,
  progress:
    /\b(?:progress|progression|progres|avancements?|avancees?|done|fait|faits|status|statut|changelog|journal|history|historique)\b/,
  issue:
    /\b(?:issues?|problems?|problemes?|bugs?|incidents?|blockers?|blocages?|anomalies?|difficultes?|risks?|risques?)\b/,
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
