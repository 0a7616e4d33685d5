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

interface Place {
  readonly path: DocumentPath;
  /** Only what was filed in one of these, or in no section that is known; undefined: anywhere in the document. */
  readonly sections: readonly Section[] | undefined;
}

/**
 * The notes that a commit filed at a place. Where it filed some in the document, but all in sections of other headings, the section may have
 * been renamed since, or come with the text filed in another: then all of them. Notes that cannot be read are left out.
 */
export function tracedNotes(space: string, { consumed }: Commit, { path, sections }: Place): TracedNote[] {
  const inDocument = consumed.filter(({ fate }) => fate.fate === 'integrated' && fate.path === path);
  const inSection = sections && inDocument.filter((note) => mayBeIn(note, sections));
  const filed = inSection && inSection.length > 0 ? inSection : inDocument;
  return filed.flatMap((note) => decoded(space, note));
}

function mayBeIn({ fate }: ConsumedNote, sections: readonly Section[]): boolean {
  const heading = 'heading' in fate ? fate.heading : undefined;
  return heading === undefined || sections.some((section) => isHeaded(section, heading));
}

function decoded(space: string, { key, text }: ConsumedNote): TracedNote[] {
  const note = noteOrUndefined(livePrefix(space) + key, text);
  if (!note) return [];
  const { filename, timestamp, agent, category, tags, content } = note;
  return [{ filename, timestamp, agent, category, tags, content }];
}
