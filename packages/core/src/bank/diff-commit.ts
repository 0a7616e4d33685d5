import { createTwoFilesPatch } from 'diff';
import { z } from 'zod';
import { CommitNotFoundError, DocumentNotFoundError, InvalidInputError } from '../errors.ts';
import type { Commit } from '../log/commit.ts';
import { existingHead } from '../log/existing-head.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { type DocumentPath, nameOf, pathOfName } from '../log/space-keys.ts';
import { spaceId } from '../spaces/space.ts';
import { validate } from '../validate.ts';
import { givenName } from './existing-path.ts';

/** What {@link DiffCommit} takes. */
export interface DiffCommitInput {
  readonly space: string;
  /** Number of the commit. */
  readonly commit: number;
  /** Only what it did to this document. */
  readonly filename?: string | undefined;
}

/**
 * What a commit changed, as a unified diff; empty where it did not change the document asked for.
 * Cost: the head, the commit, and a GET for each commit that holds a text before it; 4 round trips cold.
 * @throws {@link CommitNotFoundError}
 * @throws {@link DocumentNotFoundError} neither the commit nor the bank after it knows the document
 * @throws {@link SpaceNotFoundError}
 * @throws {@link InvalidInputError} its texts, or those before it, were trimmed away
 */
export type DiffCommit = (input: DiffCommitInput) => Promise<string>;

const inputSchema = z.strictObject({
  space: spaceId,
  commit: z.number().int().min(1),
  filename: givenName.optional(),
});

/** See {@link DiffCommit}. */
export function createDiffCommit(parts: Parts): DiffCommit {
  return async function diffCommit(input) {
    const { space: id, commit: n, filename } = validate(inputSchema, input);
    const space = parts.open(id);
    const commit = await commitOf(parts, space, n);
    const wanted = filename === undefined ? undefined : pathOfName(filename);
    if (wanted !== undefined && !commit.docs[wanted] && !commit.bank[wanted])
      throw new DocumentNotFoundError(filename ?? '');
    const paths = Object.keys(commit.docs).filter((path) => wanted === undefined || path === wanted);
    const patches = await Promise.all(paths.toSorted().map((path) => patchOf(space, commit, path)));
    return patches.join('');
  };
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

async function patchOf(space: OpenSpace, commit: Commit, path: DocumentPath): Promise<string> {
  const [before, after] = [await textBefore(space, commit, path), textAfter(commit, path)];
  const name = nameOf(path);
  const [from, to] = [before === null ? '/dev/null' : `a/${name}`, after === null ? '/dev/null' : `b/${name}`];
  return createTwoFilesPatch(from, to, before ?? '', after ?? '', undefined, undefined, {
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  });
}
