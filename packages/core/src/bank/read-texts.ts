import { UnreadableObjectError } from '../errors.ts';
import type { Commit } from '../log/commit.ts';
import { currentHead } from '../log/current-head.ts';
import { rememberedText, textOf } from '../log/document-text.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { settle } from '../log/settle.ts';
import { type DocumentPath, filenameOfPath, RULES, SYNTHESIS } from '../log/space-keys.ts';
import type { StoredDocument } from '../log/stored-documents.ts';

/** Documents as of one commit, which was the head at one moment of the call. */
export interface Texts {
  readonly head: Commit;
  /** False where the space has no log yet. */
  readonly logged: boolean;
  /** Path → text, of those asked for that the head's map holds. In the order of the paths. */
  readonly texts: ReadonlyMap<DocumentPath, string>;
  /** Stored objects that cannot be read, though the log may hold their texts. */
  readonly unreadable: ReadonlyMap<DocumentPath, UnreadableObjectError>;
  /** When the stored object was last written, in milliseconds since the Unix epoch; of documents of the bank, where listed. */
  readonly modifiedAt: ReadonlyMap<DocumentPath, number>;
}

/** So long, a writer is left to show its own commit; after that it may have died. */
const WRITER_SHOWS_MS = 60_000;

/** Which documents: some, the whole bank, or the bank with the synthesis and the rules. */
export type Wanted = 'bank' | 'all' | readonly DocumentPath[];

/**
 * Reads documents as the log says they are; what is stored is believed only where its hash is the map's. Something stored that
 * is neither is taken into the log first (an edit by hand), or put right (a change whose writer died).
 *
 * Cost, warm: the head's listing and one of `bank/` side by side (with 2 GETs for `all`), or a GET per document beside it; then one GET for each
 * document that changed. 1 to 2 round trips.
 */
export async function readTexts(parts: Parts, space: OpenSpace, wanted: Wanted): Promise<Texts> {
  const first = await readOnce(parts, space, wanted).catch((error: unknown) => {
    // A text of an old head may have been taken out of the log meanwhile: the head of now names others.
    if (!(error instanceof UnreadableObjectError)) throw error;
    return readOnce(parts, space, wanted);
  });
  if (!first.drifted && !(await leftUnsettled(space, first))) return first;
  try {
    await settle(parts, space);
  } catch (cause) {
    // The log is right all the same: a reader of a store that cannot be written reads on.
    parts.logger.warn('space not settled after a read', { space: space.id, cause });
    return first;
  }
  return readOnce(parts, space, wanted);
}

/**
 * Whether this process finds, when it first looks at the space, a commit that its writer has not shown yet: it may have died. Later
 * looks leave the newest commit to its writer. No request: the hint was read on the way to the head.
 */
async function leftUnsettled(space: OpenSpace, { head, logged }: Texts): Promise<boolean> {
  if (space.wasLookedAt) return false;
  space.wasLookedAt = true;
  return logged && (await space.log.hint()) < head.n;
}

/**
 * The same documents, as of a head that was read before. Only from memory and the log where the stored ones moved on.
 * Cost: one listing of `bank/` beside the GETs.
 */
export async function readTextsAsOf(
  space: OpenSpace,
  head: Commit,
  paths: readonly DocumentPath[],
): Promise<Map<DocumentPath, string>> {
  const known = paths.filter((path) => head.bank[path]);
  const missing = known.filter((path) => rememberedText(space, head, path) === undefined);
  const stored = await space.documents.read(missing);
  const texts = new Map<DocumentPath, string>();
  for (const path of known) {
    const found = stored.get(path);
    const text =
      found && !(found instanceof UnreadableObjectError) && found.sha256 === head.bank[path]?.sha256
        ? found.text
        : undefined;
    texts.set(path, text ?? (await textOf(space, head, path)));
  }
  return texts;
}

async function readOnce(
  parts: Parts,
  space: OpenSpace,
  wanted: Wanted,
): Promise<Texts & { readonly drifted: boolean }> {
  const [current, stored] = await Promise.all([currentHead(parts, space), lookAt(space, wanted)]);
  const { commit: head, logged } = current;
  const paths = wantedPaths(head, wanted);
  const changed = [...stored.hashes.keys()].filter((path) => stored.hashes.get(path) === 'unknown');
  for (const [path, document] of await space.documents.read(changed)) take(stored, path, document);
  const texts = new Map<DocumentPath, string>();
  for (const path of paths) texts.set(path, await textOf(space, head, path));
  return {
    head,
    logged,
    texts,
    unreadable: stored.unreadable,
    modifiedAt: stored.modifiedAt,
    drifted: logged && hasDrifted(head, paths, stored.hashes, await isOnItsWay(space, head)),
  };
}

function wantedPaths(head: Commit, wanted: Wanted): DocumentPath[] {
  if (typeof wanted !== 'string') return wanted.filter((path) => head.bank[path]);
  const all = Object.keys(head.bank).toSorted();
  return wanted === 'all' ? all : all.filter((path) => filenameOfPath(path) !== undefined);
}

interface Look {
  /** Path → hash of what is stored; `unknown`: listed under a version this process did not read; `unreadable`. */
  readonly hashes: Map<DocumentPath, string | undefined>;
  readonly modifiedAt: Map<DocumentPath, number>;
  readonly unreadable: Map<DocumentPath, UnreadableObjectError>;
}

/** What cannot be read is as it should be, for all we know: settling could not mend it. */
function take(
  { hashes, unreadable }: Look,
  path: DocumentPath,
  document: StoredDocument | UnreadableObjectError,
): void {
  if (document instanceof UnreadableObjectError) unreadable.set(path, document);
  hashes.set(path, document instanceof UnreadableObjectError ? 'unreadable' : document.sha256);
}

async function lookAt(space: OpenSpace, wanted: Wanted): Promise<Look> {
  const direct = typeof wanted === 'string' ? (wanted === 'all' ? [SYNTHESIS, RULES] : []) : wanted;
  const [listed, read] = await Promise.all([
    typeof wanted === 'string' ? space.documents.list() : undefined,
    space.documents.read(direct),
  ]);
  const look: Look = { hashes: new Map(), modifiedAt: new Map(), unreadable: new Map() };
  for (const [path, { version, modifiedAt }] of listed ?? []) {
    look.hashes.set(path, space.documents.known(path, version) ?? 'unknown');
    look.modifiedAt.set(path, modifiedAt);
  }
  for (const [path, document] of read) take(look, path, document);
  return look;
}

/** Whether the newest commit may still be shown by its writer. No request: the hint was read on the way to the head. */
async function isOnItsWay(space: OpenSpace, head: Commit): Promise<boolean> {
  return space.log.headAge() < WRITER_SHOWS_MS && (await space.log.hint()) < head.n;
}

/** Whether something is stored that is neither what the head says nor merely the state before it, which its writer is replacing. */
function hasDrifted(head: Commit, paths: readonly DocumentPath[], hashes: Look['hashes'], mayLag: boolean): boolean {
  const lags = (path: DocumentPath): boolean => {
    const change = head.docs[path];
    const hash = hashes.get(path);
    return hash === 'unreadable' || (mayLag && change !== undefined && change.before?.sha256 === hash);
  };
  const unlisted = [...hashes.keys()].filter((path) => !head.bank[path] && filenameOfPath(path) !== undefined);
  return [...paths.filter((path) => hashes.get(path) !== head.bank[path]?.sha256), ...unlisted].some(
    (path) => !lags(path),
  );
}
