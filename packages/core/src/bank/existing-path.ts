import { z } from 'zod';
import { currentHead } from '../log/current-head.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { type DocumentPath, pathOfFilename } from '../log/space-keys.ts';
import { validate } from '../validate.ts';
import { documentName } from './document-name.ts';

const named = z.object({ filename: documentName });

/**
 * The path of a document to read or to delete: of a name that is allowed, or of one that another program gave, if it is there. No
 * request for an allowed name.
 * @throws {@link InvalidInputError} neither
 */
export async function existingPath(parts: Parts, space: OpenSpace, filename: string): Promise<DocumentPath> {
  const path = pathOfFilename(filename);
  if (!documentName.safeParse(filename).success) {
    const { commit } = await currentHead(parts, space);
    if (!Object.hasOwn(commit.bank, path)) validate(named, { filename });
  }
  return path;
}

/** Any text that may be the name of a document which is there. */
export const givenName: z.ZodType<string> = z.string().max(1024, 'is longer than any name');
