import { z } from 'zod';
import { DocumentNotFoundError } from '../errors.ts';
import { change } from '../log/change.ts';
import type { Commit } from '../log/commit.ts';
import type { Draft } from '../log/compose-commit.ts';
import { textOf } from '../log/document-text.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { type DocumentPath, pathOfFilename } from '../log/space-keys.ts';
import { agentName } from '../notes/note.ts';
import { spaceId } from '../spaces/space.ts';
import { utf8Length } from '../text.ts';
import { validate } from '../validate.ts';
import { documentName, documentText } from './document-name.ts';
import { readTexts } from './read-texts.ts';

export interface WriteDocumentInput {
  readonly space: string;
  /** Path inside the bank, for instance `team/notes.md`. */
  readonly filename: string;
  /** The whole text; at most 2 MiB. */
  readonly content: string;
  /** Who writes. */
  readonly actor: string;
}

export interface WrittenDocument {
  /** `unchanged`: it held this text already; no commit was made. */
  readonly status: 'created' | 'replaced' | 'unchanged';
  /** Bytes. */
  readonly size: number;
  /** The commit that made the change. */
  readonly commit?: number | undefined;
}

/**
 * Writes a document whole. What it replaces stays in the log: see {@link Undo}. Edits by hand found on the way go into the log first.
 *
 * Cost: see {@link change}; 1 GET of the document in front of it.
 * @throws {@link InvalidInputError}
 * @throws {@link SpaceNotFoundError}
 */
export type WriteDocument = (input: WriteDocumentInput) => Promise<WrittenDocument>;

export type DeleteDocumentInput = Omit<WriteDocumentInput, 'content'>;

/**
 * Deletes a document, and no other. Cost: as {@link WriteDocument}.
 * @throws {@link DocumentNotFoundError}
 * @throws {@link SpaceNotFoundError}
 */
export type DeleteDocument = (input: DeleteDocumentInput) => Promise<{ readonly commit: number }>;

const target = { space: spaceId, filename: documentName, actor: agentName };

export function createWriteDocument(parts: Parts): WriteDocument {
  const inputSchema = z.strictObject({ ...target, content: documentText });
  return async function writeDocument(input) {
    const { space: id, filename, content, actor } = validate(inputSchema, input);
    const path = pathOfFilename(filename);
    const replaced = (head: Commit): boolean => head.bank[path] !== undefined;
    let existed = false;
    const commit = await replaceText(parts, parts.open(id), path, content, (head) => {
      existed = replaced(head);
      return { kind: 'write', actor };
    });
    const size = utf8Length(content);
    if (!commit) return { status: 'unchanged', size };
    return { status: existed ? 'replaced' : 'created', size, commit: commit.n };
  };
}

export function createDeleteDocument(parts: Parts): DeleteDocument {
  const inputSchema = z.strictObject(target);
  return async function deleteDocument(input) {
    const { space: id, filename, actor } = validate(inputSchema, input);
    const path = pathOfFilename(filename);
    const commit = await replaceText(parts, parts.open(id), path, null, (head) => {
      if (!head.bank[path]) throw new DocumentNotFoundError(filename);
      return { kind: 'delete', actor };
    });
    if (!commit) throw new DocumentNotFoundError(filename);
    return { commit: commit.n };
  };
}

type Signed = Pick<Draft, 'kind' | 'actor'>;

async function replaceText(
  parts: Parts,
  space: OpenSpace,
  path: DocumentPath,
  after: string | null,
  sign: (head: Commit) => Signed,
): Promise<Commit | undefined> {
  // Looking first takes an edit by hand into the log, which the new text would else write over.
  await readTexts(parts, space, [path]);
  return change(parts, space, {
    op: parts.newId(),
    async propose(head) {
      const before = head.bank[path] ? await textOf(space, head, path) : null;
      const signed = sign(head);
      if (before === after) return undefined;
      return { ...signed, docs: new Map([[path, after]]), before: new Map(before === null ? [] : [[path, before]]) };
    },
  });
}
