import type { Reading } from './reading.ts';
import { createSeam } from './seam.ts';
import { type Placement, type SectionPlan, type Span, spanOf, spots, takesPlace } from './section-plan.ts';
import type { Section } from './sections.ts';
import { isBodyOf, notYetThere } from './standing-text.ts';

/** A section that must be found in the result, and where. */
type ExpectedSection = Pick<Section, 'heading' | 'level' | 'path' | 'start'>;

/** The text after some edits, and the sections it has if none of them changed how the rest is read. */
export interface SplicedText {
  readonly text: string;
  readonly sections: readonly ExpectedSection[];
}

/** Cuts and joins the text once for all plans; every byte outside their spans stays as it was. */
export function spliceSections(reading: Reading, plans: readonly SectionPlan[]): SplicedText {
  const seam = createSeam(reading.lineEnd);
  const expected: ExpectedSection[] = [];
  let at = 0;
  const keepUpTo = (to: number): void => {
    const shift = seam.keep(reading.text.slice(at, to)) - at;
    for (const section of within(reading.sections, at, to)) expected.push(movedTo(section, shift));
    at = to;
  };
  for (const { from, to, placements } of splicesOf(reading, plans)) {
    keepUpTo(from);
    for (const { spot, target, passage } of placements) {
      const shift = seam.put(passage.text);
      const around = spot === 'after' ? target.path : [...target.path, target.heading];
      for (const section of passage.sections) expected.push(movedTo(section, shift, around));
    }
    seam.cut();
    at = to;
  }
  keepUpTo(reading.text.length);
  return { text: seam.finish(), sections: expected };
}

function movedTo(
  { heading, level, path, start }: Section,
  shift: number,
  around: readonly string[] = [],
): ExpectedSection {
  return { heading, level, path: [...around, ...path], start: start + shift };
}

function within(sections: readonly Section[], from: number, to: number): readonly Section[] {
  return sections.filter(({ start }) => from <= start && start < to);
}

interface Splice extends Span {
  readonly placements: readonly Placement[];
}

/** The splices in the order of the text; several at one offset from the innermost section to the outermost. */
function splicesOf(reading: Reading, plans: readonly SectionPlan[]): readonly Splice[] {
  const placements = plans.flatMap((plan) => plan.placements);
  const removed = placements.filter(({ spot }) => takesPlace(spot)).map(({ spot, target }) => spanOf(spot, target));
  return grouped(placements.toSorted(inOrder)).flatMap((group) => spliceOf(reading, group, removed));
}

/** Those that go to one spot together: they follow one another, in the order of the edits. */
function grouped(placements: readonly Placement[]): readonly Placement[][] {
  const groups: Placement[][] = [];
  for (const placement of placements) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (group && first?.spot === placement.spot && first.target === placement.target) group.push(placement);
    else groups.push([placement]);
  }
  return groups;
}

/** One splice for all that goes to one spot; none where it stands there already. */
function spliceOf(reading: Reading, group: readonly Placement[], removed: readonly Span[]): readonly Splice[] {
  const [first] = group;
  if (!first) return [];
  const { spot, target, passage } = first;
  const span = spanOf(spot, target);
  if (takesPlace(spot)) {
    if (spot === 'body' && isBodyOf(reading, target, passage)) return [];
    return [{ ...span, placements: passage.text === '' ? [] : group }];
  }
  const missing = notYetThere(
    reading,
    first,
    group.map((placement) => placement.passage),
    removed,
  );
  const placements = group.filter((placement) => missing.includes(placement.passage));
  return placements.length > 0 ? [{ ...span, placements }] : [];
}

function inOrder(one: Placement, other: Placement): number {
  return (
    spanOf(one.spot, one.target).from - spanOf(other.spot, other.target).from ||
    depth(other) - depth(one) ||
    spots.indexOf(one.spot) - spots.indexOf(other.spot)
  );
}

/** What goes after a section stands between what ends it and what ends the section around it; what removes one stands last. */
function depth({ spot, target }: Placement): number {
  if (spot === 'whole') return 0;
  return spot === 'after' ? 2 * target.level - 1 : 2 * target.level;
}
