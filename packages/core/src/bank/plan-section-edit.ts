import { InvalidInputError } from '../errors.ts';
import type { SectionEdit } from './edit.ts';
import { findSection, sameHeading } from './find-section.ts';
import type { Reading } from './reading.ts';
import {
  badContent,
  highestLevel,
  marks,
  type Passage,
  readContent,
  type SectionContent,
  withoutFirstHeading,
} from './section-content.ts';
import { type Placement, type SectionPlan, type Spot, spanOf, takesPlace } from './section-plan.ts';
import type { Section } from './sections.ts';

/**
 * Decides what an edit does to the document it was meant for.
 * @throws {@link SectionNotFoundError} its id and heading do not agree on a section
 * @throws {@link InvalidInputError} its content cannot go there
 */
export function planSectionEdit(reading: Reading, edit: SectionEdit, index: number): SectionPlan {
  const target = findSection(reading.sections, edit);
  const content = readContent(edit.content, reading.lineEnd);
  const placements = placementsOf(target, edit, content).filter(
    ({ spot, passage }) => takesPlace(spot) || passage.text !== '',
  );
  for (const { spot } of placements) checkClosed(reading, target, spot);
  return { edit: index, target, placements };
}

function placementsOf(target: Section, { operation }: SectionEdit, content: SectionContent): readonly Placement[] {
  switch (operation) {
    case 'replace_section':
      return [replacement(target, content)];
    case 'append_to_section':
      return additions(target, 'own', content);
    case 'prepend_to_section':
      return additions(target, 'top', content);
    case 'add_section':
      return [newSection(target, content)];
    case 'delete_section':
      return [removal(target, content)];
  }
}

function removal(target: Section, { whole }: SectionContent): Placement {
  if (whole.text !== '') throw badContent('must be empty for delete_section; to put it there use replace_section');
  return { spot: 'whole', target, passage: whole };
}

/** Models often begin a replacement with the heading it goes under, which is there already. */
function replacement(target: Section, content: SectionContent): Placement {
  const first = content.words.text === '' ? content.parts.sections[0] : undefined;
  const repeated = first?.level === target.level && sameHeading(first.heading, target.heading);
  const { whole } = repeated ? withoutFirstHeading(content) : content;
  checkInside(target, whole);
  return { spot: 'body', target, passage: whole };
}

/** Text joins the section's own text, at its top or its end; sections join its children, before or after them. */
function additions(target: Section, spot: 'top' | 'own', content: SectionContent): readonly Placement[] {
  const { words, parts, whole } = content;
  if (whole.text === '') throw badContent('is empty: there is nothing to add');
  checkInside(target, parts);
  if (spot === 'own' && words.text === '') return [{ spot: 'last', target, passage: parts }];
  return [
    { spot, target, passage: words },
    { spot: 'first', target, passage: parts },
  ];
}

function newSection(target: Section, { words, parts }: SectionContent): Placement {
  const [first] = parts.sections;
  if (!first || words.text !== '') throw badContent('must begin with a heading for add_section');
  if (first.level > target.level) {
    checkInside(target, parts);
    return { spot: 'last', target, passage: parts };
  }
  if (highestLevel(parts) < target.level) {
    throw badContent(`must have no heading above ${marks(target.level)}, the level of the section it is added after`);
  }
  return { spot: 'after', target, passage: parts };
}

function checkInside(target: Section, passage: Passage): void {
  if (highestLevel(passage) > target.level) return;
  throw badContent(
    `has a heading that would end the section: inside it use headings below ${marks(target.level)}; for a section beside it use add_section`,
  );
}

/** In a block that is never closed, added text would be code or HTML. */
function checkClosed(reading: Reading, target: Section, spot: Spot): void {
  if (takesPlace(spot) || spanOf(spot, target).to < reading.text.length || !reading.endsOpen()) return;
  const message = 'ends in a code fence, a comment or HTML that is never closed: replace the section instead';
  throw new InvalidInputError([{ at: 'section', message }]);
}
