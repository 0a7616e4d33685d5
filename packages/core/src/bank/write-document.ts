import { z } from 'zod';
import { DocumentNotFoundError, InvalidInputError, type UnreadableObjectError } from '../errors.ts';
import { change } from '../log/change.ts';
import type { Commit } from '../log/commit.ts';
import type { Draft } from '../log/compose-commit.ts';
import { textOf } from '../log/document-text.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { type DocumentPath, nameOf, pathOfFilename } from '../log/space-keys.ts';
import { agentName, LIBRARY } from '../notes/note.ts';
import { spaceId } from '../spaces/space.ts';
import { utf8Length } from '../text.ts';
import { validate } from '../validate.ts';
import { clashingName, documentName, documentText } from './document-name.ts';
import { existingPath, givenName } from './existing-path.ts';
import { readTexts } from './read-texts.ts';

/** What {@link WriteDocument} takes. */
export interface WriteDocumentInput {
  readonly space: string;
  /** Path inside the bank, for instance `team/notes.md`. */
  readonly filename: string;
  /** The whole text; at most 2 MiB. */
  readonly content: string;
  /** Who writes. */
  readonly actor?: string | undefined;
}

/** What a write did. */
export interface WrittenDocument {
  /** `unchanged`: it held this text already; no commit was made. */
  readonly status: 'created' | 'replaced' | 'unchanged';
  /** Bytes. */
  readonly size: number;
  /** The commit that made the change. */
  readonly commit?: number | undefined;
  /** What the writer should know, in one sentence. */
  readonly warning?: string | undefined;
}

/**
 * Writes a document whole. What it replaces stays in the log: see {@link Undo}. Edits by hand found on the way go into the log first.
 *
 * Cost: see {@link change}; 1 GET of the document in front of it.
 * @throws {@link InvalidInputError}
 * @throws {@link SpaceNotFoundError}
 */
export type WriteDocument = (input: WriteDocumentInput) => Promise<WrittenDocument>;

/** What {@link DeleteDocument} takes. */
export type DeleteDocumentInput = Omit<WriteDocumentInput, 'content'>;

/**
 * Deletes a document, and no other. Cost: as {@link WriteDocument}.
 * @throws {@link DocumentNotFoundError}
 * @throws {@link SpaceNotFoundError}
 */
export type DeleteDocument = (input: DeleteDocumentInput) => Promise<{ readonly commit: number }>;

const signed = { space: spaceId, actor: agentName.default(LIBRARY) };

/** See {@link WriteDocument}. */
export function createWriteDocument(parts: Parts): WriteDocument {
  const inputSchema = z.strictObject({ ...signed, filename: documentName, content: documentText });
  return async function writeDocument(input) {
    const { space: id, filename, content, actor } = validate(inputSchema, input);
    const path = pathOfFilename(filename);
    let existed = false;
    const { commit, unreadable } = await replaceText(parts, parts.open(id), { path, after: content }, (head) => {
      existed = head.bank[path] !== undefined;
      if (!existed) refuseClash(filename, head);
      return { kind: 'write', actor };
    });
    const size = utf8Length(content);
    const warning = unreadable
      ? { warning: `${unreadable.message}; the object stays as it is, the memory holds the new text` }
      : {};
    if (!commit) return { status: 'unchanged', size, ...warning };
    return { status: existed ? 'replaced' : 'created', size, commit: commit.n, ...warning };
  };
}

/** See {@link DeleteDocument}. */
export function createDeleteDocument(parts: Parts): DeleteDocument {
  const inputSchema = z.strictObject({ ...signed, filename: givenName });
  return async function deleteDocument(input) {
    const { space: id, filename, actor } = validate(inputSchema, input);
    const space = parts.open(id);
    const path = await existingPath(parts, space, filename);
    const { commit } = await replaceText(parts, space, { path, after: null }, (head) => {
      if (!head.bank[path]) throw new DocumentNotFoundError(filename);
      return { kind: 'delete', actor };
    });
    if (!commit) throw new DocumentNotFoundError(filename);
    return { commit: commit.n };
  };
}

/** @throws {@link InvalidInputError} some file systems would take it for a document that is there */
function refuseClash(filename: string, head: Commit): void {
  const clash = clashingName(filename, Object.keys(head.bank).map(nameOf));
  if (clash === undefined) return;
  const message = `differs from ${clash}, which is there, by letter case or Unicode form alone: use that name, or another`;
  throw new InvalidInputError([{ at: 'filename', message }]);
}

/** One document and what becomes of it. */
export interface Replacement {
  readonly path: DocumentPath;
  /** Null: deleted. */
  readonly after: string | null;
}

/** What {@link replaceText} did. */
export interface Replaced {
  /** Undefined: it held this text already. */
  readonly commit: Commit | undefined;
  readonly unreadable: UnreadableObjectError | undefined;
}

/**
 * Replaces one document, or deletes it, as one commit. Edits by hand found on the way go into the log first.
 * Cost: 1 GET of the document, then {@link change}.
 */
export async function replaceText(
  parts: Parts,
  space: OpenSpace,
  { path, after }: Replacement,
  sign: (head: Commit) => Pick<Draft, 'kind' | 'actor'>,
): Promise<Replaced> {
  // Looking first takes an edit by hand into the log, which the new text would else write over.
  const { head: seen, logged, unreadable } = await readTexts(parts, space, [path]);
  const commit = await change(parts, space, {
    op: parts.newId(),
    life: logged ? seen.life : undefined,
    async propose(head) {
      const before = head.bank[path] ? await textOf(space, head, path) : null;
      const draft = sign(head);
      if (before === after) return undefined;
      return { ...draft, docs: new Map([[path, after]]), before: new Map(before === null ? [] : [[path, before]]) };
    },
  });
  return { commit, unreadable: unreadable.get(path) };
}
