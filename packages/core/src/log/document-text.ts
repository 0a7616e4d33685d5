import { UnreadableObjectError } from '../errors.ts';
import { sha256Hex } from '../text.ts';
import type { Commit } from './commit.ts';
import type { OpenSpace } from './open-space.ts';
import type { DocumentPath } from './space-keys.ts';

/**
 * The text of a document as the head's map names it, from this process's memory or the log. At most 1 GET.
 * @throws {@link UnreadableObjectError} the map does not name one, or the log does not hold it
 */
export async function textOf(space: OpenSpace, head: Commit, path: DocumentPath): Promise<string> {
  const remembered = rememberedText(space, head, path);
  if (remembered !== undefined) return remembered;
  const entry = head.bank[path];
  const holder = entry && (await space.log.get(entry.commit));
  const text = holder?.stub ? undefined : holder?.docs[path]?.after;
  if (!entry || typeof text !== 'string' || sha256Hex(text) !== entry.sha256)
    throw new UnreadableObjectError(path, 'the log does not hold the text its map names');
  space.documents.keep(entry.sha256, text);
  return text;
}

/** The same without a request; undefined where this process has not read it. */
export function rememberedText(space: OpenSpace, head: Commit, path: DocumentPath): string | undefined {
  const entry = head.bank[path];
  if (!entry) return undefined;
  const here = entry.commit === head.n ? head.docs[path]?.after : undefined;
  return here ?? space.documents.text(entry.sha256);
}
