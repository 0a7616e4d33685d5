import { SectionNotFoundError } from '../errors.ts';
import type { SectionEdit } from './edit.ts';
import type { Section } from './sections.ts';

const mostCandidates = 10;
const longestTitle = 120;

/**
 * The section an edit means: the one with its id, if its heading agrees. Nothing is guessed from one of the two alone.
 * @throws {@link SectionNotFoundError} no section has that id, or it has another heading
 */
export function findSection(sections: readonly Section[], { section: id, heading }: SectionEdit): Section {
  const found = sections.find((section) => section.id === id);
  if (found && meansHeading(heading, found.heading)) return found;
  if (sections.length === 0) {
    throw new SectionNotFoundError('the document has no sections: write the whole document instead', []);
  }
  const fault = found
    ? `section ${quote(id)} is headed ${quote(found.heading)}, not ${quote(heading)}`
    : `no section has the id ${quote(id)}`;
  throw new SectionNotFoundError(fault, candidates(sections, heading));
}

/**
 * The one section that a heading names, given alone or after the headings around it: `Notes`, `Team > Notes`. The whole path comes first,
 * so that a section outside can be told from one inside that has the same heading.
 * @throws {@link SectionNotFoundError} none has that heading, or several have
 */
export function sectionHeaded(sections: readonly Section[], given: string): Section {
  const whole = sections.filter((section) => meansHeading(given, pathOf(section)));
  const alike = whole.length > 0 ? whole : sections.filter(({ heading }) => meansHeading(given, heading));
  const [section, ...more] = alike;
  if (section && more.length === 0) return section;
  const fault = section ? 'several sections are headed' : 'no section is headed';
  const there = (section ? alike : sections).slice(0, mostCandidates).map(titleOf);
  throw new SectionNotFoundError(`${fault} ${quote(given)}`, there);
}

/** Whether a heading that a consolidation noted down is that of a section, with or without those around it. */
export function isHeaded(section: Section, noted: string): boolean {
  return meansHeading(noted, section.heading) || meansHeading(noted, pathOf(section));
}

function pathOf({ path, heading }: Section): string {
  return [...path, heading].join(' > ');
}

/** A section's headings from the outermost on, for an agent to read: `Team > Notes`. */
export function titleOf(section: Section): string {
  return shortened(pathOf(section));
}

/** Whether two headings are the same but for Unicode composition and runs of white space. */
export function sameHeading(one: string, other: string): boolean {
  return folded(one) === folded(other);
}

/** Models repeat a heading with its marks; a heading that has a `#` of its own still means itself. */
function meansHeading(given: string, heading: string): boolean {
  return sameHeading(given, heading) || sameHeading(given.trimStart().replace(/^#+/, ''), heading);
}

function folded(heading: string): string {
  return heading.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
}

function candidates(sections: readonly Section[], heading: string): readonly string[] {
  const alike = sections.filter((section) => meansHeading(heading, section.heading));
  return (alike.length > 0 ? alike : sections).slice(0, mostCandidates).map(titleOf);
}

function quote(words: string): string {
  return JSON.stringify(shortened(words));
}

function shortened(words: string): string {
  return words.length > longestTitle ? `${words.slice(0, longestTitle).toWellFormed()}…` : words;
}
