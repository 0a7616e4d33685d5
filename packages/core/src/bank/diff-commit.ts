import { z } from 'zod';
import { mapAtMost } from '../concurrency.ts';
import { CommitNotFoundError, DocumentNotFoundError, InvalidInputError } from '../errors.ts';
import type { Commit } from '../log/commit.ts';
import { type TextRef, textNamed } from '../log/document-text.ts';
import { existingHead } from '../log/existing-head.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { type DocumentPath, nameOf, pathOfName } from '../log/space-keys.ts';
import { spaceId } from '../spaces/space.ts';
import { validate } from '../validate.ts';
import { documentPatch } from './document-patch.ts';
import { givenName } from './existing-path.ts';
import { keptFrom } from './kept-from.ts';

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
 * What a commit changed, or how the bank differs between any two commits, the rules and the synthesis included, as a unified diff;
 * empty where nothing does. A document that is on one side only is whole, against `/dev/null`; one with more than 2,000 changed lines is given
 * as replaced whole.
 *
 * Cost: the head, the one or two commits side by side, and a GET for each commit that holds a text of them, 16 at once; 3 round trips warm,
 * 5 cold.
 * @throws {@link CommitNotFoundError} none of that number, or one of an earlier life of the space
 * @throws {@link DocumentNotFoundError} no bank that is compared knows the document
 * @throws {@link SpaceNotFoundError}
 * @throws {@link InvalidInputError} texts of it were trimmed away; says from which commit on they are kept. Finding that takes a GET for each
 * such commit
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
    const head = await existingHead(parts, space);
    const [commit, other] = await Promise.all([
      commitOf(space, head, n),
      from === undefined || from === 0 ? undefined : commitOf(space, head, from),
    ]);
    const sides = from === undefined ? sidesOf(commit) : banksOf(other, commit);
    const wanted = filename === undefined ? undefined : pathOfName(filename);
    if (wanted !== undefined && !sides.knows(wanted)) throw new DocumentNotFoundError(filename ?? '');
    const paths = sides.paths.filter((path) => wanted === undefined || path === wanted).toSorted();
    const patches = await mapAtMost(paths, TEXTS_AT_ONCE, async (path) => {
      const [before, after] = await Promise.all(
        [sides.before(path), sides.after(path)].map((ref) => keptText(space, path, ref)),
      );
      return documentPatch(nameOf(path), before ?? null, after ?? null);
    });
    return patches.join('');
  };
}

/** Two states of the documents, to be compared. */
interface Sides {
  /** Documents that differ. */
  readonly paths: readonly DocumentPath[];
  readonly knows: (path: DocumentPath) => boolean;
  /** Absent, or null: the document is not there. */
  readonly before: (path: DocumentPath) => TextRef | null | undefined;
  readonly after: (path: DocumentPath) => TextRef | null | undefined;
}

/** Before a commit, and after it. */
function sidesOf(commit: Commit): Sides {
  return {
    paths: Object.keys(commit.docs),
    knows: (path) => Object.hasOwn(commit.docs, path) || Object.hasOwn(commit.bank, path),
    before: (path) => commit.docs[path]?.before,
    after: (path) => commit.bank[path],
  };
}

/** After one commit, and after another; the first may be the beginning. */
function banksOf(one: Commit | undefined, other: Commit): Sides {
  const all = [...new Set([...Object.keys(one?.bank ?? {}), ...Object.keys(other.bank)])];
  return {
    paths: all.filter((path) => one?.bank[path]?.sha256 !== other.bank[path]?.sha256),
    knows: (path) => all.includes(path),
    before: (path) => one?.bank[path],
    after: (path) => other.bank[path],
  };
}

/** @throws {@link InvalidInputError} it was trimmed away */
async function keptText(space: OpenSpace, path: DocumentPath, ref: TextRef | null | undefined): Promise<string | null> {
  if (!ref) return null;
  const text = await textNamed(space, path, ref);
  if (text !== undefined) return text;
  const message = `the texts of commit ${ref.commit} are no longer kept: compare commits from ${await keptFrom(space)} on`;
  throw new InvalidInputError([{ at: 'commit', message }]);
}

/**
 * A commit of a space that exists, with its texts unless it is a stub.
 * @throws {@link CommitNotFoundError}
 */
export async function commitOf(space: OpenSpace, head: Commit | undefined, n: number): Promise<Commit> {
  if (!head || n > head.n) throw new CommitNotFoundError(n);
  const commit = await space.log.get(n);
  // What an earlier life of the name did is not this space's.
  if (commit.life !== head.life) throw new CommitNotFoundError(n);
  return commit;
}
