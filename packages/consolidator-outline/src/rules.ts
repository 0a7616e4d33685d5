import { type Category, categories } from '@live-mem/core';
import { cut } from './inline-text.ts';
import { headings, type Language, languageOf, speaksOf } from './language.ts';
import { type Place, readPlaces } from './rule-places.ts';

/** Where the notes of a category go. */
export interface Home {
  readonly filename: string;
  readonly heading: string;
  readonly level: number;
}

/** What the rules say of a document that is still to be written. */
export interface RuledDocument {
  readonly title: string;
  readonly intro: string;
}

/** The rules of a space, as far as an algorithm understands them. */
export interface Outline {
  readonly language: Language;
  readonly homes: Readonly<Record<Category, Home>>;
  /** Headings of a document, in the order the rules give them. */
  headingsOf(filename: string): readonly string[];
  document(filename: string): RuledDocument;
}

/** Where notes go whose category has no place in the rules. */
const FALLBACK = 'notes.md';

const fallbackIntro: Readonly<Record<Language, string>> = {
  en: 'Notes whose category has no other place in the rules of this bank.',
  fr: 'Notes dont la catégorie n’a pas d’autre place dans les règles de cette banque.',
};

/** Reads rules that follow the convention of this package, and makes the best of others. Never fails. */
export function readRules(rules: string): Outline {
  const language = languageOf(rules);
  const places = readPlaces(rules);
  const homes = Object.fromEntries(categories.map((category) => [category, homeOf(category, places, language)]));
  return {
    language,
    homes: homes as Record<Category, Home>,
    headingsOf: (filename) => {
      const ruled = places.filter((place) => place.filename === filename).map(({ heading }) => heading?.text);
      const given = categories.filter((category) => homes[category]?.filename === filename);
      return [
        ...ruled.filter((text) => text !== undefined),
        ...given.map((category) => homes[category]?.heading ?? ''),
      ];
    },
    document: (filename) => {
      const ruled = places.filter((place) => place.filename === filename);
      const intro =
        ruled.find((place) => place.intro !== '')?.intro ?? (ruled.length > 0 ? '' : fallbackIntro[language]);
      return { title: ruled.find(({ title }) => title !== '')?.title ?? titleOf(filename), intro: cut(intro, 300) };
    },
  };
}

function homeOf(category: Category, places: readonly Place[], language: Language): Home {
  const fallback = { heading: headings[language][category], level: 2 };
  let best: Place | undefined;
  for (const place of places) if (fit(place, category) > (best ? fit(best, category) : 0)) best = place;
  if (best === undefined) return { filename: FALLBACK, ...fallback };
  const { filename, heading } = best;
  return heading ? { filename, heading: heading.text, level: heading.level } : { filename, ...fallback };
}

/** How well a place suits a category; 0: not at all. What names the category outright beats what sounds like it. */
function fit({ filename, heading, named, says }: Place, category: Category): number {
  const document = speaksOf(filename.replace(/\.md$/i, ''), category) ? 3 : 0;
  const title = heading && speaksOf(heading.text, category) ? (heading.sure ? 4 : 2) : 0;
  const outright = named.includes(category) ? (heading ? 20 : 10) : 0;
  const described = heading?.sure === true && speaksOf(says, category) ? 1 : 0;
  return outright + document + title + described;
}

function titleOf(filename: string): string {
  const name = filename.slice(filename.lastIndexOf('/') + 1).replace(/\.md$/i, '');
  const words = name
    .replace(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, ' ')
    .replace(/[-_\s]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
