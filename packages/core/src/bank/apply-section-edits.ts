import { InvalidInputError, LiveMemoryError } from '../errors.ts';
import type { SectionEdit } from './edit.ts';
import { explainHarm } from './explain-harm.ts';
import { planSectionEdit } from './plan-section-edit.ts';
import { createReading, type Reading } from './reading.ts';
import { inEachOthersWay, type SectionPlan } from './section-plan.ts';
import { readSections, type Section } from './sections.ts';
import { type SplicedText, spliceSections } from './splice-sections.ts';

/** An edit that was not done, and why; `edit` is its index. */
interface RefusedEdit {
  readonly edit: number;
  readonly error: LiveMemoryError;
}

/** A text after the edits that could be done. */
export interface EditedText {
  readonly text: string;
  /** In the order of the edits. */
  readonly refused: readonly RefusedEdit[];
}

/**
 * Does edits on a Markdown text. All are meant against the text as it was read, whatever the others do; the text is cut and
 * joined, so every byte outside what they touch stays as it was, and each other section is still read as it was.
 *
 * - `replace_section` puts the content in the place of all below the heading, children included.
 * - `append_to_section` adds text at the end of the section's own text, before its children, and content that begins with a
 *   heading after the last child. `prepend_to_section` adds text right below the heading, and content that begins with a
 *   heading before the first child. Sections that follow the text in such content go before the first child.
 * - `add_section` adds sections of the same level after the section and its children, sections of a deeper level as its last
 *   children.
 * - `delete_section` removes the heading, the text and the children.
 *
 * New text is set apart by a blank line, in the line ends of the document. What stands at its place already is not added
 * again. What goes to the same place keeps the order of the edits, and of two edits that exclude each other the first is done.
 *
 * @param sections what {@link readSections} found in `text`
 */
export function applySectionEdits(
  text: string,
  sections: readonly Section[],
  edits: readonly SectionEdit[],
): EditedText {
  const reading = createReading(text, sections);
  const refused: RefusedEdit[] = [];
  const plans: SectionPlan[] = [];
  for (const [index, edit] of edits.entries()) {
    const plan = orRefusal(() => checkFree(planSectionEdit(reading, edit, index), plans));
    if (plan instanceof LiveMemoryError) refused.push({ edit: index, error: plan });
    else plans.push(plan);
  }
  const done = harmless(reading, [], plans);
  for (const plan of plans)
    if (!done.includes(plan)) refused.push({ edit: plan.edit, error: explainHarm(reading, plan) });
  return { text: spliceSections(reading, done).text, refused: refused.toSorted((one, other) => one.edit - other.edit) };
}

function orRefusal<T>(work: () => T): T | LiveMemoryError {
  try {
    return work();
  } catch (error) {
    if (error instanceof LiveMemoryError) return error;
    throw error;
  }
}

function checkFree(plan: SectionPlan, earlier: readonly SectionPlan[]): SectionPlan {
  const rival = earlier.find((other) => inEachOthersWay(plan, other));
  if (!rival) return plan;
  const message = `is already changed by edit ${rival.edit} (the first is 0) in a way that excludes this edit: make them one edit`;
  throw new InvalidInputError([{ at: 'section', message }]);
}

/** The plans that, done after `done`, leave all other sections as they are. Halving finds a few culprits in few readings. */
function harmless(
  reading: Reading,
  done: readonly SectionPlan[],
  plans: readonly SectionPlan[],
): readonly SectionPlan[] {
  const all = [...done, ...plans];
  if (plans.length === 0 || readsAsExpected(reading, spliceSections(reading, all))) return all;
  if (plans.length === 1) return done;
  const half = Math.ceil(plans.length / 2);
  return harmless(reading, harmless(reading, done, plans.slice(0, half)), plans.slice(half));
}

function readsAsExpected(reading: Reading, { text, sections }: SplicedText): boolean {
  if (text === reading.text) return true;
  const found = readSections(text, () => '');
  return found.length === sections.length && found.every((section, index) => isSame(section, sections[index]));
}

type Expected = SplicedText['sections'][number];

function isSame(found: Expected, expected: Expected | undefined): boolean {
  if (found.start !== expected?.start || found.level !== expected.level || found.heading !== expected.heading)
    return false;
  return (
    found.path.length === expected.path.length && found.path.every((heading, index) => heading === expected.path[index])
  );
}
