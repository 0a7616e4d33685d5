import { WriteConflictError } from '../errors.ts';
import { change } from '../log/change.ts';
import type { Commit } from '../log/commit.ts';
import type { Draft } from '../log/compose-commit.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import type { DocumentPath } from '../log/space-keys.ts';
import { notTaken } from '../notes/not-taken.ts';
import { restoredName } from '../notes/note-key.ts';
import { documentsOfFrozen } from '../spaces/freeze-space.ts';
import { storedLength } from '../text.ts';
import { cleanNote } from './clean-file.ts';
import type { DirtyNote } from './find-secret.ts';
import type { Mask } from './mask.ts';
import { cleanedInfo } from './redact-commit.ts';

/** Others may write the secret again and again. */
const MAX_ROUNDS = 100;
const NOTES_AT_ONCE = 100;
/** Bytes of JSON in one commit. */
const MAX_BYTES = 6 * 1024 * 1024;

/** What becomes clean, and what the log says of it. */
export interface Cleaning {
  readonly mask: Mask;
  readonly actor: string;
  /** Live as of commit `since`. */
  readonly notes: readonly DirtyNote[];
  readonly since: number;
  readonly life: string | undefined;
  /** What happened, without the secret. */
  readonly words: string;
}

/** What was done. */
export interface Cleaned {
  /** No document of the space held the secret as of this commit. */
  readonly asOf: Commit;
  /** Number of the last commit that was made. */
  readonly commit: number;
}

/**
 * Makes what is current clean, by commits that hold clean texts only: documents change, notes get new names. Says in the log that it
 * happened, also where nothing current held the secret. Cost: the documents once, then see {@link change} for every 100 notes or 6 MiB.
 * @throws {@link SpaceNotFoundError} the space was deleted meanwhile
 * @throws {@link WriteConflictError} others wrote the secret again all the time
 */
export async function cleanCurrent(parts: Parts, space: OpenSpace, cleaning: Cleaning): Promise<Cleaned> {
  const known = new Set<string>();
  let pending = cleaning.notes;
  let last: number | undefined;
  for (let round = 0; round <= MAX_ROUNDS + cleaning.notes.length; round++) {
    const op = parts.newId();
    let [asOf, batch]: [Commit | undefined, readonly DirtyNote[]] = [undefined, []];
    const made = await change(parts, space, {
      op,
      life: cleaning.life,
      async propose(head) {
        const { documents, bytes } = await dirtyDocuments(space, head, cleaning.mask, known);
        // A document that takes more by itself has a commit of its own.
        batch = bytes > MAX_BYTES ? [] : firstNotes(pending);
        asOf = documents.size === 0 ? head : undefined;
        const isDone = documents.size === 0 && batch.length === 0 && last !== undefined;
        return isDone ? undefined : draftOf(space, head, { ...cleaning, documents, batch, op });
      },
    });
    if (!made && asOf && last !== undefined) return { asOf, commit: last };
    last = made?.n ?? last;
    pending = pending.slice(batch.length);
  }
  throw new WriteConflictError(space.id);
}

function firstNotes(notes: readonly DirtyNote[]): readonly DirtyNote[] {
  let bytes = 0;
  const end = notes.findIndex(({ text }, at) => {
    bytes += 2 * storedLength(text);
    return at > 0 && (at === NOTES_AT_ONCE || bytes > MAX_BYTES);
  });
  return end < 0 ? notes : notes.slice(0, end);
}

/**
 * Some of the documents that hold the secret, as many as a commit may, and what they take as JSON.
 * @param known hashes of texts that do not
 */
async function dirtyDocuments(
  space: OpenSpace,
  head: Commit,
  { finds }: Mask,
  known: Set<string>,
): Promise<{ readonly documents: Map<DocumentPath, string>; readonly bytes: number }> {
  const unknown = Object.keys(head.bank).filter((path) => !known.has(head.bank[path]?.sha256 ?? ''));
  const documents = new Map<DocumentPath, string>();
  let bytes = 0;
  for await (const { path, text } of documentsOfFrozen({ space, head, documents: unknown })) {
    if (!finds(text)) known.add(head.bank[path]?.sha256 ?? '');
    else {
      const size = storedLength(text);
      if (documents.size > 0 && bytes + size > MAX_BYTES) break;
      documents.set(path, text);
      bytes += size;
    }
  }
  return { documents, bytes };
}

interface Drafting extends Cleaning {
  readonly documents: ReadonlyMap<DocumentPath, string>;
  readonly batch: readonly DirtyNote[];
  readonly op: string;
}

async function draftOf(
  space: OpenSpace,
  head: Commit,
  { mask, actor, since, words, documents, batch, op }: Drafting,
): Promise<Draft> {
  const notes = await notTaken(space, { since, head }, batch);
  const fate = { fate: 'discarded', reason: 'a secret was taken out of it' } as const;
  const cleaned = notes.map(({ filename, text }) => ({ filename, text: cleanNote(mask, text) }));
  return {
    kind: 'redact',
    actor: mask.clean(actor),
    docs: new Map([...documents].map(([path, text]) => [path, mask.clean(text)])),
    before: documents,
    consumed: cleaned.map(({ filename, text }) => ({ key: filename, text, fate })),
    restored: cleaned.map(({ filename, text }) => ({ key: restoredName(filename, op), text, from: filename, fate })),
    ...(head.space ? { space: cleanedInfo(head.space, mask) } : {}),
    warnings: [words],
  };
}
