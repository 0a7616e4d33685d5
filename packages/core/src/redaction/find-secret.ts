import { NewerFormatError } from '../errors.ts';
import type { Commit } from '../log/commit.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { type DocumentPath, nameOf } from '../log/space-keys.ts';
import { listNotes } from '../notes/live-notes.ts';
import { livePrefix } from '../notes/note-key.ts';
import { documentsOfFrozen, type FrozenSpace, freezeSpace, isOfThisLife } from '../spaces/freeze-space.ts';
import { cleanFile, cleanNote } from './clean-file.ts';
import type { Mask } from './mask.ts';
import { findInCommit, type NewHashes } from './redact-commit.ts';

const COMMITS_AT_ONCE = 8;
const NOTES_AT_ONCE = 100;

/** A note that holds the secret. */
export interface DirtyNote {
  readonly filename: string;
  readonly text: string;
}

/** Where the secret is now. */
export interface FoundNow {
  readonly frozen: FrozenSpace;
  /** Live ones. */
  readonly notes: readonly DirtyNote[];
  /** File names of notes that are not live any more, and lie about still. */
  readonly leftovers: readonly string[];
  readonly documents: readonly string[];
  readonly meta: boolean;
  /** Names of files that hold it. */
  readonly names: readonly string[];
}

/**
 * Looks through what a space holds now. Writes nothing, and keeps in memory only what holds the secret. Cost: as {@link freezeSpace}, a
 * listing for every thousand notes, and a GET for each note and document.
 */
export async function findNow(parts: Parts, space: OpenSpace, mask: Mask): Promise<FoundNow> {
  const frozen = await freezeSpace(parts, space);
  const documents: string[] = [];
  for await (const { path, text } of documentsOfFrozen(frozen)) if (mask.finds(text)) documents.push(nameOf(path));
  const names = [...new Set([...(await listNotes(parts, space)).keys(), ...frozen.liveness.restored.keys()])];
  const notes: DirtyNote[] = [];
  const leftovers: string[] = [];
  for (let at = 0; at < names.length; at += NOTES_AT_ONCE) {
    for (const note of await dirtyNotes(parts, frozen, mask, names.slice(at, at + NOTES_AT_ONCE))) {
      if (isLive(frozen, note)) notes.push(note);
      else leftovers.push(note.filename);
    }
  }
  const { meta } = frozen;
  return {
    frozen,
    notes,
    leftovers,
    documents,
    meta: meta !== undefined && cleanFile(mask, '_meta.json', meta) !== meta,
    names: [...frozen.documents.map(nameOf), ...names].filter(mask.finds),
  };
}

async function dirtyNotes(
  { store }: Parts,
  { space, liveness }: FrozenSpace,
  mask: Mask,
  names: readonly string[],
): Promise<DirtyNote[]> {
  const answers = await store.getMany(names.map((name) => livePrefix(space.id) + name));
  return names.flatMap((filename, at) => {
    const answer = answers[at];
    const text = answer && 'body' in answer ? answer.body : (liveness.restored.get(filename) ?? '');
    return cleanNote(mask, text) === text ? [] : [{ filename, text }];
  });
}

function isLive({ space, liveness }: FrozenSpace, { filename, text }: DirtyNote): boolean {
  return !liveness.gone.has(filename) && isOfThisLife(space, liveness, filename, text);
}

/** Where the secret is in the log. */
export interface FoundInLog {
  /** Numbers of commits of the present life, in order. */
  readonly commits: readonly number[];
  /** How many commits hold it, of whatever life. */
  readonly count: number;
  readonly hashes: NewHashes;
  /** Documents that had a text with it. */
  readonly paths: ReadonlySet<DocumentPath>;
  /** File names in those commits that hold it. */
  readonly names: readonly string[];
}

/**
 * Looks through the log up to a commit; those that cannot be read are left out. Cost: a GET for each commit that this process does not
 * remember, 8 at once.
 * @throws {@link NewerFormatError} a later version writes here: this one cannot know where to look
 */
export async function findInLog(space: OpenSpace, upTo: Commit | undefined, mask: Mask): Promise<FoundInLog> {
  const commits: number[] = [];
  const hashes: NewHashes = new Map();
  const [paths, names] = [new Set<DocumentPath>(), new Set<string>()];
  let count = 0;
  const last = upTo?.n ?? 0;
  for (let first = 1; first <= last; first += COMMITS_AT_ONCE) {
    for (const commit of await space.log.look(first, Math.min(last, first + COMMITS_AT_ONCE - 1))) {
      if (commit instanceof NewerFormatError) throw commit;
      if (!('docs' in commit)) continue;
      if (commit.life === upTo?.life) for (const name of namesIn(commit).filter(mask.finds)) names.add(name);
      if (!findInCommit(commit, mask, hashes)) continue;
      count++;
      if (commit.life === upTo?.life) commits.push(commit.n);
      for (const [path, { after }] of Object.entries(commit.docs)) if (mask.finds(after ?? '')) paths.add(path);
    }
  }
  return { commits: commits.toSorted((a, b) => a - b), count, hashes, paths, names: [...names] };
}

function namesIn({ docs, consumed, restored }: Commit): string[] {
  return [...Object.keys(docs).map(nameOf), ...[...consumed, ...restored].map(({ key }) => key)];
}
