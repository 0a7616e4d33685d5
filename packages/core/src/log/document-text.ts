import { UnreadableObjectError } from '../errors.ts';
import { sha256Hex } from '../text.ts';
import type { Commit } from './commit.ts';
import type { OpenSpace } from './open-space.ts';
import type { DocumentPath } from './space-keys.ts';

/** Which text, and the commit that holds it: an entry of a map, or what a change replaced. */
export interface TextRef {
  readonly sha256: string;
  readonly commit: number;
}

/**
 * The text of a document as the head's map names it, from this process's memory or the log. At most 1 GET.
 * @throws {@link UnreadableObjectError} the map does not name one, or the log does not hold it
 */
export async function textOf(space: OpenSpace, head: Commit, path: DocumentPath): Promise<string> {
  const entry = head.bank[path];
  const text = rememberedText(space, head, path) ?? (entry && (await textNamed(space, path, entry)));
  if (text === undefined) throw unlikeNamed(path);
  return text;
}

/** The same without a request; undefined where this process has not read it. */
export function rememberedText(space: OpenSpace, head: Commit, path: DocumentPath): string | undefined {
  const entry = head.bank[path];
  if (!entry) return undefined;
  const here = entry.commit === head.n ? head.docs[path]?.after : undefined;
  return here ?? space.documents.text(entry.sha256);
}

/**
 * A text of a document, of now or of earlier, from this process's memory or the log; undefined where it was trimmed away. At most 1 GET.
 * @throws {@link UnreadableObjectError} the commit named cannot be read, or holds another text
 */
export async function textNamed(
  space: OpenSpace,
  path: DocumentPath,
  { sha256, commit }: TextRef,
): Promise<string | undefined> {
  const known = space.documents.text(sha256);
  if (known !== undefined) return known;
  const holder = await space.log.get(commit);
  if (holder.stub) return undefined;
  const text = holder.docs[path]?.after;
  if (typeof text !== 'string' || sha256Hex(text) !== sha256) throw unlikeNamed(path);
  space.documents.keep(sha256, text);
  return text;
}

function unlikeNamed(path: DocumentPath): UnreadableObjectError {
  return new UnreadableObjectError(path, 'the log does not hold the text its map names');
}
