import type { Passage } from './section-content.ts';
import type { Section } from './sections.ts';

/**
 * Where a passage goes: instead of the section's body; at the top or the end of its own text; before its first child or after
 * its last; after the section; instead of the whole section. Those that meet at one offset stand there in this order.
 */
export const spots = ['body', 'top', 'own', 'first', 'last', 'after', 'whole'] as const;

/** One of {@link spots}. */
export type Spot = (typeof spots)[number];

/** One passage and where it goes; an empty one only removes what stood there. */
export interface Placement {
  readonly spot: Spot;
  readonly target: Section;
  readonly passage: Passage;
}

/** What one edit does to a document, as long as no other edit is in its way. */
export interface SectionPlan {
  /** Index of the edit. */
  readonly edit: number;
  readonly target: Section;
  readonly placements: readonly Placement[];
}

/** Offsets of the text as read, `from` included, `to` not. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a passage at that spot takes the place of: an empty span for what is only added. */
export function spanOf(spot: Spot, { start, bodyStart, ownEnd, end }: Section): Span {
  switch (spot) {
    case 'whole':
      return { from: start, to: end };
    case 'body':
      return { from: bodyStart, to: end };
    case 'top':
      return { from: bodyStart, to: bodyStart };
    case 'own':
    case 'first':
      return { from: ownEnd, to: ownEnd };
    case 'last':
    case 'after':
      return { from: end, to: end };
  }
}

/** Whether a passage at that spot takes the place of what is there. */
export function takesPlace(spot: Spot): boolean {
  return spot === 'body' || spot === 'whole';
}

/** Whether two edits cannot both be done: one replaces or deletes the section that the other changes or looks for. */
export function inEachOthersWay(one: SectionPlan, other: SectionPlan): boolean {
  return takesAway(one, other) || takesAway(other, one);
}

/** What goes after a section may stay when that section goes; what goes into it may not. */
function takesAway(taker: SectionPlan, other: SectionPlan): boolean {
  if (!taker.placements.some(({ spot }) => takesPlace(spot))) return false;
  if (taker.target === other.target) return !other.placements.some(({ spot }) => spot === 'after');
  return taker.target.start < other.target.start && other.target.end <= taker.target.end;
}
