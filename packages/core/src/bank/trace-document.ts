import { z } from 'zod';
import { DocumentNotFoundError } from '../errors.ts';
import type { CommitKind } from '../log/commit.ts';
import type { Parts } from '../log/open-space.ts';
import { pathOfName } from '../log/space-keys.ts';
import type { ByteRange } from '../log/spans.ts';
import { spaceId } from '../spaces/space.ts';
import { utf8Length } from '../text.ts';
import { validate } from '../validate.ts';
import { existingPath, givenName } from './existing-path.ts';
import { findOrigins } from './find-origins.ts';
import { sectionHeaded } from './find-section.ts';
import { readTexts } from './read-texts.ts';
import { readSections } from './sections.ts';
import { type TracedNote, type TracedSection, tracedNotes } from './traced-note.ts';

/** What {@link TraceDocument} takes. */
export interface TraceDocumentInput {
  readonly space: string;
  /** `_synthesis.md` and `_rules.md` are the synthesis and the rules. */
  readonly filename: string;
  /** Only of this section: its heading, or the headings from the outermost on, `Team > Notes`. */
  readonly heading?: string | undefined;
  /** Commits at most, 1 to 200; 20. */
  readonly limit?: number | undefined;
}

/** A commit that brought some of the text there is now. */
export interface TracedCommit {
  readonly commit: number;
  readonly kind: CommitKind;
  /** ISO 8601. */
  readonly at: string;
  readonly actor: string;
  /** Bytes of the present text that came with it. */
  readonly bytes: number;
  /** The notes it filed there. */
  readonly notes: readonly TracedNote[];
}

/** Where a text comes from. */
export interface Trace {
  /** Newest first. */
  readonly commits: readonly TracedCommit[];
  /** Bytes of the text that were asked about. */
  readonly bytes: number;
  /** Bytes whose origin is not told. */
  readonly unknownBytes: number;
  /** Why the origin of those bytes is not told: there are more commits than the limit, older ones are no longer kept, or one is damaged. */
  readonly incomplete?: string | undefined;
}

/**
 * The commits and notes that the present text of a document, or of one section, comes from. A text that was taken back to what it had
 * been comes from where it came then. Of a section only the notes filed in it are told, as far as that is known.
 *
 * Cost: as reading the document, then a GET for each commit back to the oldest that brought some of it, 20 at once, and for 60 further ones
 * at most, to see whether the text was there before; stretches without a change of the document are passed over. Commits read before cost
 * nothing.
 * @throws {@link DocumentNotFoundError} there is none now; the history shows those there were
 * @throws {@link SectionNotFoundError} none has that heading, or several have
 * @throws {@link SpaceNotFoundError}
 */
export type TraceDocument = (input: TraceDocumentInput) => Promise<Trace>;

const inputSchema = z.strictObject({
  space: spaceId,
  filename: givenName,
  heading: z.string().min(1).max(1_000).optional(),
  limit: z.number().int().min(1).max(200).default(20),
});

/** See {@link TraceDocument}. */
export function createTraceDocument(parts: Parts): TraceDocument {
  return async function traceDocument(input) {
    const { space: id, filename, heading, limit } = validate(inputSchema, input);
    const space = parts.open(id);
    const isNamed = pathOfName(filename) === filename;
    const path = isNamed ? filename : await existingPath(parts, space, filename);
    const { head, logged, texts } = await readTexts(parts, space, [path]);
    const text = texts.get(path);
    if (text === undefined) throw new DocumentNotFoundError(filename);
    const { range, section } = partOf(text, heading, parts.newId);
    const length = range[1] - range[0];
    if (!logged) return { commits: [], bytes: length, unknownBytes: length, incomplete: 'the space has no log yet' };
    const { origins, incomplete } = await findOrigins(space, head, { path, range, limit });
    const commits = origins.map(({ commit, bytes }) => {
      const { n, kind, at, actor } = commit;
      return { commit: n, kind, at, actor, bytes, notes: tracedNotes(space.id, commit, { path, section }) };
    });
    const told = commits.reduce((sum, { bytes }) => sum + bytes, 0);
    return { commits, bytes: length, unknownBytes: length - told, ...(incomplete ? { incomplete } : {}) };
  };
}

interface Part {
  readonly range: ByteRange;
  /** Undefined for the whole document. */
  readonly section: TracedSection | undefined;
}

/** @throws {@link SectionNotFoundError} */
function partOf(text: string, heading: string | undefined, newId: () => string): Part {
  if (heading === undefined) return { range: [0, utf8Length(text)], section: undefined };
  const all = readSections(text, newId);
  const { start, end } = sectionHeaded(all, heading);
  const from = utf8Length(text.slice(0, start));
  const sections = all.filter((section) => section.start >= start && section.end <= end);
  const inside = text.slice(start, end);
  return { range: [from, from + utf8Length(inside)], section: { sections, text: inside } };
}
