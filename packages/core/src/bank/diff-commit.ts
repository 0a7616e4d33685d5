import { createTwoFilesPatch } from 'diff';
import { z } from 'zod';
import { mapAtMost } from '../concurrency.ts';
import { CommitNotFoundError, DocumentNotFoundError, InvalidInputError } from '../errors.ts';
import type { Commit } from '../log/commit.ts';
import { existingHead } from '../log/existing-head.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { type DocumentPath, nameOf, pathOfName } from '../log/space-keys.ts';
import { spaceId } from '../spaces/space.ts';
import { validate } from '../validate.ts';
import { givenName } from './existing-path.ts';

const TEXTS_AT_ONCE = 16;

/** What {@link DiffCommit} takes. */
export interface DiffCommitInput {
  readonly space: string;
  /** Number of the commit. */
  readonly commit: number;
  /** What to compare it with: the bank after this commit, an earlier or a later one; 0: an empty bank. Absent: the commit before. */
  readonly from?: number | undefined;
  /** Only of this document. */
  readonly filename?: string | undefined;
}

/**
 * What a commit changed, or how the bank differs between any two commits, as a unified diff; empty where nothing does.
 * Cost: the head, the commits named, and a GET for each commit that holds a text of one of them; 4 round trips cold.
 * @throws {@link CommitNotFoundError}
 * @throws {@link DocumentNotFoundError} no bank that is compared knows the document
 * @throws {@link SpaceNotFoundError}
 * @throws {@link InvalidInputError} its texts, or those before it, were trimmed away
 */
export type DiffCommit = (input: DiffCommitInput) => Promise<string>;

const inputSchema = z.strictObject({
  space: spaceId,
  commit: z.number().int().min(1),
  from: z.number().int().min(0).optional(),
  filename: givenName.optional(),
});

/** See {@link DiffCommit}. */
export function createDiffCommit(parts: Parts): DiffCommit {
  return async function diffCommit(input) {
    const { space: id, commit: n, from, filename } = validate(inputSchema, input);
    const space = parts.open(id);
    const commit = await commitOf(parts, space, n);
    const earlier = from === undefined || from === 0 ? undefined : await commitOf(parts, space, from);
    const sides = from === undefined ? sidesOf(space, commit) : banksOf(space, earlier, commit);
    const wanted = filename === undefined ? undefined : pathOfName(filename);
    if (wanted !== undefined && !sides.knows(wanted)) throw new DocumentNotFoundError(filename ?? '');
    const paths = sides.paths.filter((path) => wanted === undefined || path === wanted).toSorted();
    const patches = await mapAtMost(paths, TEXTS_AT_ONCE, async (path) =>
      patchOf(path, await sides.before(path), await sides.after(path)),
    );
    return patches.join('');
  };
}

/** Two states of the documents, to be compared. */
interface Sides {
  /** Documents that differ. */
  readonly paths: readonly DocumentPath[];
  readonly knows: (path: DocumentPath) => boolean;
  /** Null: absent. */
  readonly before: (path: DocumentPath) => Promise<string | null>;
  readonly after: (path: DocumentPath) => Promise<string | null>;
}

/** Before a commit, and after it. */
function sidesOf(space: OpenSpace, commit: Commit): Sides {
  return {
    paths: Object.keys(commit.docs),
    knows: (path) => Object.hasOwn(commit.docs, path) || Object.hasOwn(commit.bank, path),
    before: (path) => textBefore(space, commit, path),
    after: async (path) => textAfter(commit, path),
  };
}

/** After one commit, and after another; the first may be the beginning. */
function banksOf(space: OpenSpace, one: Commit | undefined, other: Commit): Sides {
  const all = [...new Set([...Object.keys(one?.bank ?? {}), ...Object.keys(other.bank)])];
  return {
    paths: all.filter((path) => one?.bank[path]?.sha256 !== other.bank[path]?.sha256),
    knows: (path) => all.includes(path),
    before: (path) => textIn(space, one, path),
    after: (path) => textIn(space, other, path),
  };
}

async function textIn(space: OpenSpace, commit: Commit | undefined, path: DocumentPath): Promise<string | null> {
  const entry = commit?.bank[path];
  if (!entry) return null;
  return space.documents.text(entry.sha256) ?? textAfter(await space.log.get(entry.commit), path);
}

/**
 * A commit of a space that exists, with its texts.
 * @throws {@link CommitNotFoundError}
 * @throws {@link SpaceNotFoundError}
 */
export async function commitOf(parts: Parts, space: OpenSpace, n: number): Promise<Commit> {
  const head = await existingHead(parts, space);
  if (!head || n > head.n) throw new CommitNotFoundError(n);
  const commit = await space.log.get(n);
  // What an earlier life of the name did is not this space's.
  if (commit.life !== head.life) throw new CommitNotFoundError(n);
  return commit;
}

/** The text of a document before a commit; null where it was absent. @throws {@link InvalidInputError} it was trimmed away */
export async function textBefore(space: OpenSpace, commit: Commit, path: DocumentPath): Promise<string | null> {
  const before = commit.docs[path]?.before;
  if (!before) return null;
  const known = space.documents.text(before.sha256);
  if (known !== undefined) return known;
  const holder = await space.log.get(before.commit);
  return textAfter(holder, path);
}

/** The text of a document after a commit. @throws {@link InvalidInputError} it was trimmed away */
export function textAfter(commit: Commit, path: DocumentPath): string | null {
  if (commit.stub)
    throw new InvalidInputError([
      { at: 'commit', message: `the texts of commit ${commit.n} are no longer kept: it is too old` },
    ]);
  return commit.docs[path]?.after ?? null;
}

function patchOf(path: DocumentPath, before: string | null, after: string | null): string {
  const name = nameOf(path);
  const [from, to] = [before === null ? '/dev/null' : `a/${name}`, after === null ? '/dev/null' : `b/${name}`];
  return createTwoFilesPatch(from, to, before ?? '', after ?? '', undefined, undefined, {
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  });
}
