import {
  applySectionEdits,
  type ProposedEdit,
  type ProposedSectionEdit,
  type RequestDocument,
  readSections,
  type Section,
} from '@live-mem/core';
import type { Entry } from './entry.ts';
import type { Filing } from './file-notes.ts';
import { findSection, sectionBefore } from './find-section.ts';
import { type Insertion, insert, joinEntries, lineEndOf, mergeEntries } from './merge.ts';
import { isPlainSection } from './plain-sections.ts';
import type { RuledDocument } from './rules.ts';

/** What to do to a document, and the text it has then. */
export interface DocumentChange {
  readonly edits: readonly ProposedEdit[];
  readonly text: string;
}

/** A document that is not there yet: its title, what it is for, and the headings that have something under them. */
export function createDocument(filename: string, ruled: RuledDocument, filings: readonly Filing[]): DocumentChange {
  const intro = ruled.intro === '' ? '' : `${ruled.intro}\n\n`;
  const text = `# ${ruled.title}\n\n${intro}${newSections(filings)}\n`;
  return { edits: [{ operation: 'create', filename, content: text, notes: notesOf(filings) }], text };
}

/**
 * Files into a document that is there: one edit for each heading it has, one for each place where headings are missing. Where
 * such edits would touch a byte more than they should, or could not be done, the document is written whole instead.
 * @param order headings as the rules order them
 */
export function changeDocument(
  document: RequestDocument,
  there: readonly Entry[],
  filings: readonly Filing[],
  order: readonly string[],
): DocumentChange {
  const { filename, text, sections } = document;
  const found = filings.map((filing) => ({ filing, section: findSection(sections, filing) }));
  const merges = found.flatMap(({ filing, section }) => (section ? [merge(document, there, section, filing)] : []));
  const missing = found.flatMap(({ filing, section }) => (section ? [] : [filing]));
  const additions = missing.length > 0 ? add(document, missing, order) : [];
  const changes = [...merges, ...additions];
  const whole = insert(
    text,
    0,
    text.length,
    changes.flatMap(({ insertions }) => insertions),
  );
  const edits = changes.flatMap(({ edit }) => (edit ? [edit] : []));
  const isExact = changes.every(({ plain }) => plain) || yields(document, edits, whole);
  if (edits.length === changes.length && isExact) return { edits, text: whole };
  return { edits: [{ operation: 'rewrite', filename, content: whole, notes: notesOf(filings) }], text: whole };
}

function yields({ text, sections }: RequestDocument, edits: readonly ProposedSectionEdit[], whole: string): boolean {
  const edited = applySectionEdits(text, sections, edits);
  return edited.refused.length === 0 && edited.text === whole;
}

/** Texts that go into a document, and the edit that puts them there; none where no edit can. */
interface Change {
  readonly edit: ProposedSectionEdit | undefined;
  /** The edit does just that, which need not be tried. */
  readonly plain: boolean;
  readonly insertions: readonly Insertion[];
}

function merge(document: RequestDocument, there: readonly Entry[], section: Section, filing: Filing): Change {
  const { filename, text } = document;
  const own = { from: section.bodyStart, to: section.ownEnd };
  const inside = there.filter(({ start }) => start >= own.from && start < own.to);
  const insertions = mergeEntries(text, own, inside, filing.entries);
  const content = insert(text, section.bodyStart, section.end, insertions);
  const { id, heading } = section;
  return {
    edit: { operation: 'replace_section', filename, section: id, heading, content, notes: filing.notes },
    plain: section.ownEnd === section.end && isPlainSection(document, section, there, content),
    insertions,
  };
}

function add(document: RequestDocument, missing: readonly Filing[], order: readonly string[]): Change[] {
  if (endsOpen(document)) return [atTheTop(document, missing)];
  const { text, sections, filename } = document;
  const byPlace = Map.groupBy(missing, (filing) => sectionBefore(sections, filing, order));
  return [...byPlace].map(([section, group]) => {
    const level = section && section.level > 1 ? section.level : 2;
    const content = newSections(group.map((filing) => ({ ...filing, level })));
    const insertions = [addedAt(text, section?.end ?? text.length, content)];
    if (!section) return { edit: undefined, plain: false, insertions };
    const { id, heading } = section;
    const notes = notesOf(group);
    return {
      edit: { operation: 'add_section', filename, section: id, heading, content, notes },
      plain: false,
      insertions,
    };
  });
}

/** Whether the document ends inside a code fence or a comment, where a new section would be swallowed. */
function endsOpen({ text, sections }: RequestDocument): boolean {
  return readSections(`${text}\n\n# end\n`, () => '').length !== sections.length + 1;
}

function atTheTop({ text, sections }: RequestDocument, missing: readonly Filing[]): Change {
  const at = sections.find(({ level }) => level > 1)?.start ?? sections[0]?.bodyStart ?? 0;
  return { edit: undefined, plain: false, insertions: [addedAt(text, at, newSections(missing))] };
}

function addedAt(text: string, at: number, content: string): Insertion {
  const lineEnd = lineEndOf(text);
  const blanks = /[ \t\r\n]*$/.exec(text.slice(Math.max(0, at - 100), at))?.[0] ?? '';
  const ends = at === blanks.length ? 2 : (blanks.match(/\r\n|\r|\n/g)?.length ?? 0);
  const after = at === text.length ? lineEnd : lineEnd.repeat(2);
  return { at, text: `${lineEnd.repeat(Math.max(0, 2 - ends))}${content.replaceAll('\n', lineEnd)}${after}` };
}

function newSections(filings: readonly Filing[]): string {
  return filings
    .map(
      ({ heading, level, entries }) =>
        `${'#'.repeat(level)} ${heading}\n\n${joinEntries(entries.map(({ text }) => text))}`,
    )
    .join('\n\n');
}

function notesOf(filings: readonly Filing[]): string[] {
  return filings.flatMap(({ notes }) => notes);
}
