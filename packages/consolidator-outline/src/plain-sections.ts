import type { RequestDocument, Section } from '@live-mem/core';
import type { Entry } from './entry.ts';

const MAY_OPEN = /^ {0,3}(?:`{3}|~{3}|<)/m;

/**
 * Whether the body of a section can be replaced by `body` and comes to stand byte for byte: the core keeps one blank line around
 * what it puts in, and the line ends of the document. Says no too often rather than too seldom: reading Markdown costs time.
 * @param entries those of the document, whose content cannot leave anything open
 */
export function isPlainSection(
  { text }: RequestDocument,
  section: Section,
  entries: readonly Entry[],
  body: string,
): boolean {
  if (text.includes('\r')) return false;
  const startsPlainly = /^\n[^\r\n]*[^\s]/.test(body) && text.charAt(section.bodyStart - 1) === '\n';
  const endsPlainly = section.end === text.length ? /[^\s]\n$/.test(body.slice(-2)) : /[^\s]\n\n$/.test(body.slice(-3));
  return startsPlainly && endsPlainly && !MAY_OPEN.test(besidesEntries(text, section, entries));
}

function besidesEntries(text: string, { bodyStart, end }: Section, entries: readonly Entry[]): string {
  const pieces: string[] = [];
  let at = bodyStart;
  for (const entry of entries) {
    if (entry.start < at || entry.start >= end) continue;
    pieces.push(text.slice(at, entry.start));
    at = entry.end;
  }
  return [...pieces, text.slice(at, end)].join('');
}
