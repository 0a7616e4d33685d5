import type { InvalidInputError } from '../errors.ts';
import { titleOf } from './find-section.ts';
import type { Reading } from './reading.ts';
import { badContent, highestLevel, marks } from './section-content.ts';
import type { Placement, SectionPlan } from './section-plan.ts';

/** Why an edit that was found to change how other sections are read does so, and what to do instead. */
export function explainHarm(reading: Reading, { placements }: SectionPlan): InvalidInputError {
  const reason = placements.map((placement) => misplaced(reading, placement)).find((found) => found !== undefined);
  return badContent(
    reason ?? 'would change how other sections are read, through indentation, a list or the level of its headings',
  );
}

function misplaced({ sections }: Reading, { spot, target, passage }: Placement): string | undefined {
  if (spot === 'first') {
    const next = sections.find(({ start }) => start === target.ownEnd && start < target.end);
    if (next && highestLevel(passage) < next.level) {
      return `would take in the section ${titleOf(next)} after it: use headings of level ${marks(next.level)}`;
    }
  }
  if (spot === 'last') {
    const last = sections.find(({ start, end }) => start > target.start && end === target.end);
    if (last && (passage.sections[0]?.level ?? 0) > last.level) {
      return `would land in the section ${titleOf(last)} before it: begin with a heading of level ${marks(last.level)}`;
    }
  }
  return undefined;
}
