import type { Category } from '@live-mem/core';
import type { Language } from './language.ts';

/** What a synthesis says, in one language. */
export interface Words {
  readonly title: string;
  readonly made: string;
  readonly decisions: string;
  readonly progress: string;
  readonly todos: string;
  readonly questions: string;
  readonly issues: string;
  readonly active: string;
  readonly last: string;
  /** As the language sets it. */
  readonly colon: string;
  /** After a number: one, several. */
  readonly categories: Readonly<Record<Category, readonly [one: string, several: string]>>;
  total(count: number): string;
  notes(count: number, lately: number): string;
  closed(count: number): string;
  of(shown: number, all: number): string;
}

/** The words of a synthesis by language. */
export const synthesisWords: Readonly<Record<Language, Words>> = {
  en: {
    title: 'Synthesis',
    made: 'Drawn from the entries of the bank without a language model; times are UTC.',
    decisions: 'Latest decisions',
    progress: 'Latest progress',
    todos: 'Open todos',
    questions: 'Open questions',
    issues: 'Open issues',
    active: 'Active lately',
    last: 'most recently on',
    colon: ':',
    categories: {
      observation: ['observation', 'observations'],
      decision: ['decision', 'decisions'],
      todo: ['todo', 'todos'],
      insight: ['insight', 'insights'],
      question: ['question', 'questions'],
      progress: ['progress', 'progress'],
      issue: ['issue', 'issues'],
    },
    total: (count) => `The bank holds ${count} ${count === 1 ? 'note' : 'notes'}`,
    notes: (count, lately) => `${count} of the latest ${lately} ${lately === 1 ? 'note' : 'notes'}`,
    closed: (count) => `${count} closed`,
    of: (shown, all) => `${shown} of ${all}`,
  },
  fr: {
    title: 'Synthèse',
    made: 'Tiré des entrées de la banque sans modèle de langage ; heures en UTC.',
    decisions: 'Dernières décisions',
    progress: 'Derniers avancements',
    todos: 'À faire',
    questions: 'Questions ouvertes',
    issues: 'Problèmes ouverts',
    active: 'Actifs récemment',
    last: 'la dernière le',
    colon: ' :',
    categories: {
      observation: ['observation', 'observations'],
      decision: ['décision', 'décisions'],
      todo: ['à faire', 'à faire'],
      insight: ['enseignement', 'enseignements'],
      question: ['question', 'questions'],
      progress: ['avancement', 'avancements'],
      issue: ['problème', 'problèmes'],
    },
    total: (count) => `La banque contient ${count} ${count === 1 ? 'note' : 'notes'}`,
    notes: (count, lately) => `${count} des ${lately} dernières notes`,
    closed: (count) => `dont ${count} clos`,
    of: (shown, all) => `${shown} sur ${all}`,
  },
};
