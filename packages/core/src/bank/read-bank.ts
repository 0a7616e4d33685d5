import { z } from 'zod';
import { DocumentNotFoundError } from '../errors.ts';
import type { Parts } from '../log/open-space.ts';
import { filenameOfPath, nameOf, pathOfFilename } from '../log/space-keys.ts';
import { formatInstant } from '../notes/instant.ts';
import { spaceId } from '../spaces/space.ts';
import { utf8Length } from '../text.ts';
import { validate } from '../validate.ts';
import { existingPath, givenName } from './existing-path.ts';
import { readTexts, type Texts } from './read-texts.ts';

/** One document, whole. */
export interface BankDocument {
  /** Path inside the bank, for instance `team/notes.md`. */
  readonly filename: string;
  readonly content: string;
  /** Bytes. */
  readonly size: number;
}

/** One document, without its text. */
export interface ListedBankDocument {
  readonly filename: string;
  readonly size: number;
  /** ISO 8601: when the stored object was written last; absent where the log is ahead of the objects. */
  readonly lastModified?: string | undefined;
}

/** All documents as of one commit, in the order of their names. */
export interface Bank {
  /** The commit; 0 where the space has no log yet. */
  readonly commit: number;
  readonly documents: readonly BankDocument[];
  /** Stored objects that cannot be read; where the log holds their texts, they are among the documents all the same. */
  readonly unreadable: readonly UnreadableDocument[];
}

/** The names and sizes of all documents as of one commit. */
export interface ListedBank {
  readonly documents: readonly ListedBankDocument[];
  readonly unreadable: readonly UnreadableDocument[];
}

/** A stored object of the bank that is no text, or that may not be read. */
export interface UnreadableDocument {
  readonly filename: string;
  readonly reason: string;
}

/**
 * One document. Warm: the head's listing beside the GET, 1 round trip; cold, 3.
 * @throws {@link DocumentNotFoundError}
 * @throws {@link UnreadableObjectError} it is no text, and the log does not know it
 * @throws {@link SpaceNotFoundError}
 */
export type ReadDocument = (input: { readonly space: string; readonly filename: string }) => Promise<BankDocument>;

/** The whole bank, never a mixture of two commits. Cost: see {@link readTexts}; warm and unchanged, 1 round trip. */
export type ReadBank = (input: { readonly space: string }) => Promise<Bank>;

/** Names and sizes. Cost: as {@link ReadBank}. */
export type ListBank = (input: { readonly space: string }) => Promise<ListedBank>;

const spaceOnly = z.strictObject({ space: spaceId });

/** See {@link ReadDocument}. */
export function createReadDocument(parts: Parts): ReadDocument {
  const inputSchema = z.strictObject({ space: spaceId, filename: givenName });
  return async function readDocument(input) {
    const { space: id, filename } = validate(inputSchema, input);
    const space = parts.open(id);
    const path = await existingPath(parts, space, filename);
    const { texts, unreadable } = await readTexts(parts, space, [path]);
    const content = texts.get(path);
    if (content === undefined) throw unreadable.get(path) ?? new DocumentNotFoundError(filename);
    return { filename, content, size: utf8Length(content) };
  };
}

/** See {@link ReadBank}. */
export function createReadBank(parts: Parts): ReadBank {
  return async function readBank(input) {
    const { space } = validate(spaceOnly, input);
    const found = await readTexts(parts, parts.open(space), 'bank');
    const documents = documentsOf(found);
    return { commit: found.logged ? found.head.n : 0, documents, unreadable: unreadableOf(found) };
  };
}

/** See {@link ListBank}. */
export function createListBank(parts: Parts): ListBank {
  return async function listBank(input) {
    const { space } = validate(spaceOnly, input);
    const found = await readTexts(parts, parts.open(space), 'bank');
    const documents = documentsOf(found).map(({ filename, size }) => {
      const at = found.modifiedAt.get(pathOfFilename(filename));
      return { filename, size, ...(at === undefined ? {} : { lastModified: formatInstant(at) }) };
    });
    return { documents, unreadable: unreadableOf(found) };
  };
}

/** What could not be read of the bank. */
export function unreadableOf({ unreadable }: Pick<Texts, 'unreadable'>): UnreadableDocument[] {
  return [...unreadable].map(([path, { message }]) => ({ filename: nameOf(path), reason: message }));
}

/** The documents among the texts: not the synthesis, not the rules. */
export function documentsOf({ texts }: Pick<Texts, 'texts'>): BankDocument[] {
  return [...texts].flatMap(([path, content]) => {
    const filename = filenameOfPath(path);
    return filename === undefined ? [] : [{ filename, content, size: utf8Length(content) }];
  });
}
