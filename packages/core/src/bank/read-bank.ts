import { z } from 'zod';
import { DocumentNotFoundError } from '../errors.ts';
import type { Parts } from '../log/open-space.ts';
import { filenameOfPath, pathOfFilename } from '../log/space-keys.ts';
import { formatInstant } from '../notes/instant.ts';
import { spaceId } from '../spaces/space.ts';
import { utf8Length } from '../text.ts';
import { validate } from '../validate.ts';
import { documentName } from './document-name.ts';
import { readTexts, type Texts } from './read-texts.ts';

export interface BankDocument {
  /** Path inside the bank, for instance `team/notes.md`. */
  readonly filename: string;
  readonly content: string;
  /** Bytes. */
  readonly size: number;
}

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
}

/**
 * One document. Warm: the head's listing beside the GET, 1 round trip; cold, 3.
 * @throws {@link DocumentNotFoundError}
 * @throws {@link SpaceNotFoundError}
 */
export type ReadDocument = (input: { readonly space: string; readonly filename: string }) => Promise<BankDocument>;

/** The whole bank, never a mixture of two commits. Cost: see {@link readTexts}; warm and unchanged, 1 round trip. */
export type ReadBank = (input: { readonly space: string }) => Promise<Bank>;

/** Names and sizes. Cost: as {@link ReadBank}. */
export type ListBank = (input: { readonly space: string }) => Promise<readonly ListedBankDocument[]>;

const spaceOnly = z.strictObject({ space: spaceId });

export function createReadDocument(parts: Parts): ReadDocument {
  const inputSchema = z.strictObject({ space: spaceId, filename: documentName });
  return async function readDocument(input) {
    const { space, filename } = validate(inputSchema, input);
    const path = pathOfFilename(filename);
    const { texts } = await readTexts(parts, parts.open(space), [path]);
    const content = texts.get(path);
    if (content === undefined) throw new DocumentNotFoundError(filename);
    return { filename, content, size: utf8Length(content) };
  };
}

export function createReadBank(parts: Parts): ReadBank {
  return async function readBank(input) {
    const { space } = validate(spaceOnly, input);
    const found = await readTexts(parts, parts.open(space), 'bank');
    return { commit: found.logged ? found.head.n : 0, documents: documentsOf(found) };
  };
}

export function createListBank(parts: Parts): ListBank {
  return async function listBank(input) {
    const { space } = validate(spaceOnly, input);
    const found = await readTexts(parts, parts.open(space), 'bank');
    return documentsOf(found).map(({ filename, size }) => {
      const at = found.modifiedAt.get(pathOfFilename(filename));
      return { filename, size, ...(at === undefined ? {} : { lastModified: formatInstant(at) }) };
    });
  };
}

/** The documents among the texts: not the synthesis, not the rules. */
export function documentsOf({ texts }: Pick<Texts, 'texts'>): BankDocument[] {
  return [...texts].flatMap(([path, content]) => {
    const filename = filenameOfPath(path);
    return filename === undefined ? [] : [{ filename, content, size: utf8Length(content) }];
  });
}
