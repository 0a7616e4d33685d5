import type { Section } from '@live-mem/core';
import { plain } from './language.ts';
import type { Home } from './rules.ts';

/**
 * The section for a heading: of several, the one of the level the rules give, else the outermost, else the first. A document's
 * title is none, though it often reads alike.
 */
export function findSection(sections: readonly Section[], { heading, level }: Home): Section | undefined {
  const title = level > 1 && sections[0]?.level === 1 ? sections[0] : undefined;
  const alike = sections.filter((section) => section !== title && same(section.heading, heading));
  const outermost = Math.min(...alike.map((section) => section.level));
  return alike.find((section) => section.level === level) ?? alike.find((section) => section.level === outermost);
}

/**
 * The section behind which a missing heading goes: the nearest of those before it in the rules, else the last of the document.
 * @param order headings as the rules order them
 */
export function sectionBefore(
  sections: readonly Section[],
  { heading, level }: Home,
  order: readonly string[],
): Section | undefined {
  const place = order.findIndex((name) => same(name, heading));
  for (const name of order.slice(0, Math.max(0, place)).toReversed()) {
    const section = findSection(sections, { filename: '', heading: name, level });
    if (section?.level === level) return section;
  }
  const end = Math.max(...sections.map((section) => section.end));
  return sections.find((section) => section.end === end);
}

function same(one: string, other: string): boolean {
  return one === other || (plain(one) !== '' && plain(one) === plain(other));
}
