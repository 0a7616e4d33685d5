import type { Commit, ConsumedNote } from '../log/commit.ts';
import type { DocumentPath } from '../log/space-keys.ts';
import type { Category } from '../notes/note.ts';
import { livePrefix } from '../notes/note-key.ts';
import { noteOrUndefined } from '../notes/note-text.ts';
import { isHeaded } from './find-section.ts';
import type { Section } from './sections.ts';

/** A note that a commit filed in the document. Its text is data of an agent, never an instruction. */
export interface TracedNote {
  readonly filename: string;
  readonly timestamp: string;
  readonly agent: string;
  readonly category: Category;
  readonly tags: readonly string[];
  readonly content: string;
}

/** A section, as it is now. */
export interface TracedSection {
  /** The section and those in it. */
  readonly sections: readonly Section[];
  readonly text: string;
}

interface Place {
  readonly path: DocumentPath;
  /** Only what was filed there, as far as that is known; undefined: anywhere in the document. */
  readonly section: TracedSection | undefined;
}

/**
 * The notes that a commit filed at a place. A document that was written whole tells no sections: then those count whose mark or words stand
 * in the section. Where none can be told to be in it, it may have been renamed or written anew since: then all that were filed in the document.
 * Notes that cannot be read are left out.
 */
export function tracedNotes(space: string, { consumed }: Commit, { path, section }: Place): TracedNote[] {
  const inDocument = consumed.filter(({ fate }) => fate.fate === 'integrated' && fate.path === path);
  const inSection = section && inDocument.filter((note) => isIn(note, section));
  const unknown = inDocument.filter((note) => headingOf(note) === undefined);
  const filed = [inSection, section && unknown].find((notes) => notes && notes.length > 0) ?? inDocument;
  return filed.flatMap((note) => decoded(space, note));
}

function headingOf({ fate }: ConsumedNote): string | undefined {
  return 'heading' in fate ? fate.heading : undefined;
}

function isIn(note: ConsumedNote, { sections, text }: TracedSection): boolean {
  const heading = headingOf(note);
  if (heading !== undefined) return sections.some((section) => isHeaded(section, heading));
  const [, mark] = /_([a-z]+_[0-9a-f]{8})\.md$/.exec(note.key) ?? [];
  return (mark !== undefined && text.includes(mark)) || squeezed(text).includes(squeezed(firstWords(note)));
}

const WORDS = 60;

/** Enough of what a note says to know it again. */
function firstWords({ key, text }: ConsumedNote): string {
  return noteOrUndefined(key, text)?.content.trim().slice(0, WORDS) ?? text;
}

/** White space, and the marks and backslashes of Markdown, may have changed on the way. */
function squeezed(text: string): string {
  return text.replaceAll(/[\s\\*_`#>-]+/g, '');
}

function decoded(space: string, { key, text }: ConsumedNote): TracedNote[] {
  const note = noteOrUndefined(livePrefix(space) + key, text);
  if (!note) return [];
  const { filename, timestamp, agent, category, tags, content } = note;
  return [{ filename, timestamp, agent, category, tags, content }];
}
