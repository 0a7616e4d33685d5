import { z } from 'zod';
import { DocumentNotFoundError, LiveMemoryError } from '../errors.ts';
import type { Commit, CommitKind } from '../log/commit.ts';
import { existingHead } from '../log/existing-head.ts';
import type { Parts } from '../log/open-space.ts';
import { type DocumentPath, nameOf, pathOfName } from '../log/space-keys.ts';
import type { SpaceLog } from '../log/space-log.ts';
import { spaceId } from '../spaces/space.ts';
import { validate } from '../validate.ts';
import { givenName } from './existing-path.ts';

const COMMITS_AT_ONCE = 20;

/** What {@link ReadHistory} takes. */
export interface ReadHistoryInput {
  readonly space: string;
  /** Only commits that changed this document; `_synthesis.md` and `_rules.md` are the synthesis and the rules. */
  readonly filename?: string | undefined;
  /** 1 to 200; 20. */
  readonly limit?: number | undefined;
  /** `nextCursor` of the answer before. */
  readonly cursor?: number | undefined;
}

/** One commit, without its texts. */
export interface HistoryEntry {
  readonly commit: number;
  readonly kind: CommitKind;
  /** ISO 8601, by the store's clock. */
  readonly at: string;
  readonly actor: string;
  /** Notes it consumed. */
  readonly notes: number;
  /** Notes it brought back. */
  readonly restored: number;
  /** Documents it changed; the synthesis and the rules under their stored names. */
  readonly files: readonly string[];
  readonly undoes?: number | undefined;
  readonly warnings?: readonly string[] | undefined;
  /** Its texts are no longer kept: it can be neither undone nor compared. */
  readonly trimmed?: true | undefined;
}

/** A commit that cannot be read: it does not hide the others. */
export interface UnreadableCommit {
  readonly commit: number;
  readonly reason: string;
}

/** A page of the history. */
export interface History {
  /** Newest first. */
  readonly commits: readonly HistoryEntry[];
  /** Damaged, missing, or of a newer version; newest first. Whether one changed the document asked for, nobody knows. */
  readonly unreadable: readonly UnreadableCommit[];
  readonly nextCursor?: number | undefined;
}

/**
 * What changed in this life of the space, newest first. Cost: the head, then 1 GET per commit looked at, 20 at once; commits read before
 * cost nothing.
 * @throws {@link DocumentNotFoundError} no commit knows the document
 * @throws {@link SpaceNotFoundError}
 */
export type ReadHistory = (input: ReadHistoryInput) => Promise<History>;

const inputSchema = z.strictObject({
  space: spaceId,
  filename: givenName.optional(),
  limit: z.number().int().min(1).max(200).default(20),
  cursor: z.number().int().min(1).optional(),
});

/** See {@link ReadHistory}. */
export function createReadHistory(parts: Parts): ReadHistory {
  return async function readHistory(input) {
    const { space: id, filename, limit, cursor } = validate(inputSchema, input);
    const space = parts.open(id);
    const head = await existingHead(parts, space);
    const { n: last, life } = head ?? { n: 0, life: '' };
    const path = filename === undefined ? undefined : pathOfName(filename);
    const page: Page = { found: [], unreadable: [], next: Math.min(last, (cursor ?? last + 1) - 1) };
    while (page.next > 0 && page.found.length < limit) {
      const count = path === undefined ? Math.min(limit - page.found.length, COMMITS_AT_ONCE) : COMMITS_AT_ONCE;
      takeUp(page, await space.log.look(page.next - count + 1, page.next), { count, path, life });
    }
    const { found, unreadable, next } = page;
    if (path !== undefined && found.length + unreadable.length === 0 && cursor === undefined)
      throw new DocumentNotFoundError(filename ?? '');
    const commits = found.slice(0, limit).map(entryOf);
    const oldest = commits.at(-1)?.commit;
    if (oldest === undefined || commits.length < limit || (next === 0 && found.length <= limit))
      return { commits, unreadable };
    // What lies below is told on the next page.
    return { commits, unreadable: unreadable.filter(({ commit }) => commit > oldest), nextCursor: oldest };
  };
}

interface Page {
  readonly found: Commit[];
  readonly unreadable: UnreadableCommit[];
  /** Number of the next commit to look at; 0: none. */
  next: number;
}

interface Wanted {
  readonly count: number;
  readonly path: DocumentPath | undefined;
  readonly life: string;
}

/** @param looked newest first */
function takeUp(page: Page, looked: Awaited<ReturnType<SpaceLog['look']>>, { count, path, life }: Wanted): void {
  const top = page.next;
  page.next = Math.max(0, top - count);
  for (const [at, commit] of looked.entries()) {
    if (commit instanceof LiveMemoryError) {
      page.unreadable.push({ commit: top - at, reason: commit.message });
    } else if (commit.life !== life) {
      // Commits of an earlier life of the id are not this space's.
      page.next = 0;
      return;
    } else if (path === undefined || commit.docs[path]) page.found.push(commit);
  }
}

function entryOf(commit: Commit): HistoryEntry {
  return {
    commit: commit.n,
    kind: commit.kind,
    at: commit.at,
    actor: commit.actor,
    notes: commit.consumed.length,
    restored: commit.restored.length,
    files: Object.keys(commit.docs).map(nameOf).toSorted(),
    ...(commit.undoes === undefined ? {} : { undoes: commit.undoes }),
    ...(commit.warnings ? { warnings: commit.warnings } : {}),
    ...(commit.stub ? { trimmed: true as const } : {}),
  };
}
