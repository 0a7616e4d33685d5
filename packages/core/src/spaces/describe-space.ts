import { z } from 'zod';
import { type BankDocument, documentsOf, type UnreadableDocument, unreadableOf } from '../bank/read-bank.ts';
import { readTexts, readTextsAsOf, type Texts } from '../bank/read-texts.ts';
import { mapAtMost } from '../concurrency.ts';
import { LiveMemoryError, SpaceNotFoundError, StoreUnavailableError } from '../errors.ts';
import { currentHead } from '../log/current-head.ts';
import { readLiveness } from '../log/liveness.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { filenameOfPath, RULES, SYNTHESIS } from '../log/space-keys.ts';
import { readMeta } from '../log/space-meta.ts';
import { formatInstant } from '../notes/instant.ts';
import { listNotes, liveFilenames } from '../notes/live-notes.ts';
import { instantOfStamp, parseNoteFilename } from '../notes/note-key.ts';
import { utf8Length } from '../text.ts';
import { validate } from '../validate.ts';
import { listSpaceIds } from './list-space-ids.ts';
import { spaceId } from './space.ts';

const SPACES_AT_ONCE = 8;
const MOST_SPACES = 10_000;

/** Live notes in numbers. */
export interface LiveStats {
  readonly count: number;
  /** Bytes of the stored notes. */
  readonly totalSize: number;
  /** ISO 8601, to the second. */
  readonly oldest?: string | undefined;
  readonly newest?: string | undefined;
}

/** What a space holds, in numbers. */
export interface SpaceInfoAnswer {
  readonly space: string;
  readonly description: string;
  readonly owner: string;
  readonly createdAt: string;
  readonly live: LiveStats;
  readonly bank: { readonly files: readonly string[]; readonly totalSize: number };
  readonly lastConsolidation?: string | undefined;
  readonly consolidationCount: number;
  readonly synthesisExists: boolean;
}

/** All that an agent needs to start. */
export interface SpaceSummary extends SpaceInfoAnswer {
  readonly rules: string;
  readonly synthesis?: string | undefined;
  /** The whole bank, as of the same commit as the live notes. */
  readonly documents: readonly BankDocument[];
  /** Stored documents that cannot be read. */
  readonly unreadable: readonly UnreadableDocument[];
}

/** All spaces that can be read, and those that cannot. */
export interface ListedSpaces {
  readonly spaces: readonly SpaceInfoAnswer[];
  /** Spaces whose objects cannot be read: they do not hide the others. */
  readonly unreadable: readonly { readonly space: string; readonly reason: string }[];
}

/** What {@link ListSpaces} takes. */
export interface ListSpacesInput {
  /** Only these, those that exist, 10,000 at most; then the top level is not listed. Absent: all. */
  readonly only?: readonly string[] | undefined;
}

type SpaceOnly = { readonly space: string };

/**
 * All spaces, by name. Cost: a listing of the top level, then for each space, 8 at once, what {@link SpaceInfo} costs.
 */
export type ListSpaces = (input?: ListSpacesInput) => Promise<ListedSpaces>;

/**
 * What a space holds, in numbers. Notes are counted by their names: one that somebody still wrote for an earlier life of the id within
 * 5 seconds after the new one began is counted too, though nobody reads it.
 *
 * Cost: `_meta.json` and the hint, a listing per thousand notes, the head; 3 to 4 round trips.
 * @throws {@link SpaceNotFoundError}
 */
export type SpaceInfo = (input: SpaceOnly) => Promise<SpaceInfoAnswer>;

/**
 * The rules of a space. Cost: as one document of the bank.
 * @throws {@link SpaceNotFoundError}
 */
export type SpaceRules = (input: SpaceOnly) => Promise<string>;

/**
 * All that an agent needs to start, as of one moment: no fact is missing because it went from a note into the bank meanwhile.
 * Cost: as {@link SpaceInfo}, and a GET for each document not read before.
 * @throws {@link SpaceNotFoundError}
 */
export type SummarizeSpace = (input: SpaceOnly) => Promise<SpaceSummary>;

const inputSchema = z.strictObject({ space: spaceId });

/** See {@link ListSpaces}. */
export function createListSpaces(parts: Parts): ListSpaces {
  const listSchema = z.strictObject({ only: z.array(z.string()).max(MOST_SPACES).optional() });
  return async function listSpaces(input = {}) {
    const { only } = validate(listSchema, input);
    const ids = only ?? (await listSpaceIds(parts));
    const valid = [...new Set(ids)].filter((id) => spaceId.safeParse(id).success);
    const found = await mapAtMost(valid.toSorted(), SPACES_AT_ONCE, (id) => describeOrReason(parts, id));
    return {
      spaces: found.filter((answer) => answer !== undefined && 'live' in answer),
      unreadable: found.filter((answer) => answer !== undefined && 'reason' in answer),
    };
  };
}

async function describeOrReason(
  parts: Parts,
  space: string,
): Promise<SpaceInfoAnswer | { space: string; reason: string } | undefined> {
  try {
    return (await describe(parts, parts.open(space))).info;
  } catch (error) {
    if (error instanceof SpaceNotFoundError) return undefined;
    if (error instanceof LiveMemoryError && !(error instanceof StoreUnavailableError))
      return { space, reason: error.message };
    throw error;
  }
}

/** See {@link SpaceInfo}. */
export function createSpaceInfo(parts: Parts): SpaceInfo {
  return async function spaceInfo(input) {
    const { info } = await describe(parts, parts.open(validate(inputSchema, input).space));
    return info;
  };
}

/** See {@link SpaceRules}. */
export function createSpaceRules(parts: Parts): SpaceRules {
  return async function spaceRules(input) {
    const { texts } = await readTexts(parts, parts.open(validate(inputSchema, input).space), [RULES]);
    return texts.get(RULES) ?? '';
  };
}

/** See {@link SummarizeSpace}. */
export function createSummarizeSpace(parts: Parts): SummarizeSpace {
  return async function summarizeSpace(input) {
    const space = parts.open(validate(inputSchema, input).space);
    // Looking at the bank first takes edits by hand into the log.
    const looked = await readTexts(parts, space, 'all');
    const { info, head } = await describe(parts, space);
    const texts = await readTextsAsOf(space, head, Object.keys(head.bank).toSorted());
    const synthesis = texts.get(SYNTHESIS);
    return {
      ...info,
      rules: texts.get(RULES) ?? '',
      documents: documentsOf({ texts }),
      unreadable: unreadableOf(looked),
      ...(synthesis === undefined ? {} : { synthesis }),
    };
  };
}

async function describe(parts: Parts, space: OpenSpace): Promise<{ info: SpaceInfoAnswer; head: Texts['head'] }> {
  const [stored, hint] = await Promise.all([readMeta(parts, space), space.log.hint()]);
  const listed = await listNotes(parts, space);
  const current = await currentHead(parts, space);
  const head = current.commit;
  const liveness = await readLiveness(space, current.logged ? current.commit : undefined, hint);
  const live = liveFilenames(listed.keys(), liveness);
  const sizeOf = (filename: string): number =>
    listed.get(filename) ?? utf8Length(liveness.restored.get(filename) ?? '');
  const files = Object.entries(head.bank).flatMap(([path, { size }]) => {
    const filename = filenameOfPath(path);
    return filename === undefined ? [] : [{ filename, size }];
  });
  const { consolidations, last_consolidation: last } = head.totals;
  const meta = stored?.meta;
  const info = {
    space: space.id,
    description: meta?.description ?? head.space?.description ?? '',
    owner: meta?.owner ?? head.space?.owner ?? '',
    createdAt: meta?.created_at ?? head.space?.created_at ?? '',
    live: statsOf(
      live,
      live.reduce((sum, filename) => sum + sizeOf(filename), 0),
    ),
    bank: {
      files: files.map(({ filename }) => filename).toSorted(),
      totalSize: files.reduce((sum, { size }) => sum + size, 0),
    },
    ...(last === undefined ? {} : { lastConsolidation: last }),
    consolidationCount: consolidations,
    synthesisExists: head.bank[SYNTHESIS] !== undefined,
  };
  return { info, head };
}

function statsOf(filenames: readonly string[], totalSize: number): LiveStats {
  const [oldest, newest] = [momentOf(filenames[0]), momentOf(filenames.at(-1))];
  return { count: filenames.length, totalSize, ...(oldest ? { oldest } : {}), ...(newest ? { newest } : {}) };
}

function momentOf(filename: string | undefined): string | undefined {
  const at = instantOfStamp(parseNoteFilename(filename ?? '')?.stamp ?? '');
  return at === undefined ? undefined : formatInstant(at);
}
