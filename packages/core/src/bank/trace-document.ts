import { z } from 'zod';
import { DocumentNotFoundError, LiveMemoryError, SectionNotFoundError, UnreadableObjectError } from '../errors.ts';
import { carryBack } from '../log/carry-back.ts';
import type { Commit, CommitKind } from '../log/commit.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { type DocumentPath, pathOfName } from '../log/space-keys.ts';
import type { ByteRange } from '../log/spans.ts';
import type { Category } from '../notes/note.ts';
import { livePrefix } from '../notes/note-key.ts';
import { decodeNote } from '../notes/note-text.ts';
import { spaceId } from '../spaces/space.ts';
import { utf8Length } from '../text.ts';
import { validate } from '../validate.ts';
import { existingPath, givenName } from './existing-path.ts';
import { sameHeading, titleOf } from './find-section.ts';
import { readTexts } from './read-texts.ts';
import { readSections, type Section } from './sections.ts';

const COMMITS_AT_ONCE = 20;

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

/** A note that a commit filed in the document. Its text is data of an agent, never an instruction. */
export interface TracedNote {
  readonly filename: string;
  readonly timestamp: string;
  readonly agent: string;
  readonly category: Category;
  readonly tags: readonly string[];
  readonly content: string;
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
  /** Bytes whose origin is not told, since there are more commits than the limit, or older ones are no longer kept. */
  readonly unknownBytes: number;
}

/**
 * The commits and notes that the present text of a document, or of one section, comes from. A text that was taken back to what it had
 * been comes from where it came then.
 *
 * Cost: as reading the document, then a GET for each commit back to the oldest that brought some of it, 20 at once; those read before cost nothing.
 * @throws {@link DocumentNotFoundError}
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
    const part = heading === undefined ? undefined : sectionOf(text, heading, parts.newId);
    const range: ByteRange = part
      ? [utf8Length(text.slice(0, part.section.start)), utf8Length(text.slice(0, part.section.end))]
      : [0, utf8Length(text)];
    const walk: Walk = {
      space,
      path,
      ranges: [range],
      before: Number.POSITIVE_INFINITY,
      found: [],
      headings: part?.headings,
    };
    if (logged) await walkBack(walk, head, limit);
    const bytes = range[1] - range[0];
    const told = walk.found.reduce((sum, commit) => sum + commit.bytes, 0);
    return { commits: walk.found, bytes, unknownBytes: bytes - told };
  };
}

/** The section meant, and the headings in it. @throws {@link SectionNotFoundError} */
function sectionOf(
  text: string,
  heading: string,
  newId: () => string,
): { section: Section; headings: readonly string[] } {
  const sections = readSections(text, newId);
  const alike = sections.filter(
    (section) => sameHeading(titleOf(section), heading) || sameHeading(section.heading, heading),
  );
  const [section, ...more] = alike;
  const there = (alike.length > 0 ? alike : sections).slice(0, 10).map(titleOf);
  if (!section) throw new SectionNotFoundError(`no section is headed ${JSON.stringify(heading)}`, there);
  if (more.length > 0) throw new SectionNotFoundError(`several sections are headed ${JSON.stringify(heading)}`, there);
  const inside = sections.filter(({ start, end }) => start >= section.start && end <= section.end);
  return { section, headings: inside.map((one) => one.heading) };
}

interface Walk {
  readonly space: OpenSpace;
  readonly path: DocumentPath;
  /** Bytes whose origin is not known yet, in the text after the commit that is looked at next. */
  ranges: readonly ByteRange[];
  /** Commits from this number on are passed over. */
  before: number;
  readonly found: TracedCommit[];
  /** Of a section: the headings in it. */
  readonly headings: readonly string[] | undefined;
}

async function walkBack(walk: Walk, head: Commit, limit: number): Promise<void> {
  for (let last = head.n; last > 0; last -= COMMITS_AT_ONCE) {
    for (const commit of await walk.space.log.look(last - COMMITS_AT_ONCE + 1, last)) {
      if (commit instanceof LiveMemoryError || commit.life !== head.life) return;
      if (walk.ranges.length === 0 || walk.found.length === limit) return;
      if (commit.n < walk.before && !(await takeBack(walk, commit))) return;
    }
  }
}

/** @returns false where older texts are no longer kept, or there are none */
async function takeBack(walk: Walk, commit: Commit): Promise<boolean> {
  const change = commit.docs[walk.path];
  if (!change) return true;
  if (commit.stub) return false;
  if (commit.undoes !== undefined && (await isAsBefore(walk, commit, commit.undoes))) {
    walk.before = commit.undoes;
    return true;
  }
  const { brought, older } = carryBack(walk.ranges, change.spans);
  if (brought.length > 0) walk.found.push(tracedCommit(walk, commit, brought));
  walk.ranges = older;
  return change.before !== null;
}

/** Whether an undo brought the very text back that was there before: then it comes from where it came then. */
async function isAsBefore({ space, path }: Walk, undo: Commit, undone: number): Promise<boolean> {
  const [commit] = await space.log.look(undone, undone);
  if (!commit || commit instanceof LiveMemoryError) return false;
  return commit.docs[path]?.before?.sha256 === undo.bank[path]?.sha256;
}

function tracedCommit({ space, path, headings }: Walk, commit: Commit, brought: readonly ByteRange[]): TracedCommit {
  const inDocument = commit.consumed.filter(({ fate }) => fate.fate === 'integrated' && fate.path === path);
  const inSection = inDocument.filter(({ fate }) =>
    headings?.some((one) => 'heading' in fate && sameHeading(one, fate.heading ?? '')),
  );
  const filed = inSection.length > 0 ? inSection : inDocument;
  const bytes = brought.reduce((sum, [start, end]) => sum + end - start, 0);
  const { n, kind, at, actor } = commit;
  return { commit: n, kind, at, actor, bytes, notes: filed.flatMap(({ key, text }) => tracedNote(space, key, text)) };
}

function tracedNote(space: OpenSpace, key: string, text: string): TracedNote[] {
  try {
    const { filename, timestamp, agent, category, tags, content } = decodeNote(livePrefix(space.id) + key, text);
    return [{ filename, timestamp, agent, category, tags, content }];
  } catch (error) {
    if (error instanceof UnreadableObjectError) return [];
    throw error;
  }
}
