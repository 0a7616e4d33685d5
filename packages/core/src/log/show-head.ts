import { InvalidInputError, StoreRefusedError, UnreadableObjectError, WriteConflictError } from '../errors.ts';
import { livePrefix } from '../notes/note-key.ts';
import { textOf } from './document-text.ts';
import type { OpenSpace, Parts } from './open-space.ts';
import { putIfAbsent } from './put-if-absent.ts';
import type { Seen } from './seen.ts';
import type { DocumentPath } from './space-keys.ts';

/**
 * Makes the stored documents those of the head. 1 request for each that differs.
 * @throws {@link WriteConflictError} a document was changed meanwhile, or too much time passed
 */
export async function showDocuments(parts: Parts, space: OpenSpace, { head, stored, isFresh }: Seen): Promise<void> {
  const paths = new Set([...stored.keys(), ...Object.keys(head.bank)]);
  for (const path of paths) {
    const found = stored.get(path);
    const entry = head.bank[path];
    // What cannot be read cannot be kept in the log: it stays for a person to look at.
    if (found instanceof UnreadableObjectError || found?.sha256 === entry?.sha256) continue;
    if (!isFresh()) throw new WriteConflictError(path);
    await unlessRefused(parts, space, path, async () => {
      if (!entry) return space.documents.remove(path);
      const only = found ? { version: found.version } : ({ absent: true } as const);
      return space.documents.write(path, await textOf(space, head, path), only);
    });
  }
}

/** A document that the store will not take does not keep the others from being shown: readers have it from the log. */
async function unlessRefused(
  parts: Parts,
  space: OpenSpace,
  path: DocumentPath,
  show: () => Promise<void>,
): Promise<void> {
  try {
    await show();
  } catch (cause) {
    if (!(cause instanceof StoreRefusedError || cause instanceof InvalidInputError)) throw cause;
    parts.logger.warn('the store refuses a document', { space: space.id, path, cause });
  }
}

/** Puts notes back that a commit brought back, and takes away those that were consumed. 1 request for each. */
export async function showNotes({ store }: Parts, space: OpenSpace, { head, unsettled, listed }: Seen): Promise<void> {
  if (!listed) return;
  const consumed = [head, ...unsettled].flatMap((commit) => commit.consumed.map(({ key }) => key));
  const gone = new Set([...Object.keys(head.recent), ...consumed]);
  const back = unsettled.flatMap(({ restored }) => restored).filter(({ key }) => !gone.has(key) && !listed.has(key));
  await Promise.all(back.map(({ key, text }) => putIfAbsent(store, livePrefix(space.id) + key, text)));
  await store.deleteMany(
    [...listed].filter((filename) => gone.has(filename)).map((filename) => livePrefix(space.id) + filename),
  );
}
