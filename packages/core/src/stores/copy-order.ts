import { BACKUPS, CLAIM, DELETING, MANIFEST } from '../backups/backup-id.ts';
import { bankPrefix, documentKey, hintKey, metaKey, numberOfCommitKey, RULES, SYNTHESIS } from '../log/space-keys.ts';
import type { ObjectKey } from '../ports/object-store.ts';
import { REGISTRY_KEY } from '../tokens/registry.ts';

/**
 * In which order objects are copied, so that a copy that was broken off never passes for whole:
 * - The claim of a backup comes first, its manifest late: with the one and without the other it counts as incomplete.
 * - Notes come before commits. A space exists from its first commit on, and notes that are not there yet would be missed by nobody.
 * - The newest commit comes before the others: an older one would pass for the state of the space, and be built on. While commits are
 *   missing below it, readers fail and say so.
 * - Documents come after the commits that tell of them: without those they would be taken for edits by hand.
 * - The hint says that all of this is there, so it comes after it. Of a space without a log, `_meta.json` alone says that it exists.
 * - The tokens come last: until then nobody gets in.
 */
const stages = ['claims', 'other', 'newest commits', 'commits', 'documents', 'hints', 'marks', 'tokens'] as const;
type Stage = (typeof stages)[number];

/** Keys in groups, each of which is copied whole before the next one is begun. */
export interface CopyOrder {
  readonly first: readonly (readonly ObjectKey[])[];
  /** After deletions: a note may go only when the commit is there that consumed it. */
  readonly last: readonly (readonly ObjectKey[])[];
}

/** Puts keys in order. @param all keys of the source: they tell which commit is the newest */
export function copyOrder(keys: readonly ObjectKey[], all: Iterable<ObjectKey>): CopyOrder {
  const newest = newestCommits(all);
  const groups = new Map<Stage, ObjectKey[]>(stages.map((stage) => [stage, []]));
  for (const key of keys) groups.get(stageOf(key, newest))?.push(key);
  const ordered = [...groups.values()];
  const hints = stages.indexOf('hints');
  return { first: ordered.slice(0, hints), last: ordered.slice(hints) };
}

function newestCommits(keys: Iterable<ObjectKey>): ReadonlySet<ObjectKey> {
  const newest = new Map<string, ObjectKey>();
  for (const key of keys) {
    if (numberOfCommitKey(key) === undefined) continue;
    const space = spaceOf(key);
    if (key > (newest.get(space) ?? '')) newest.set(space, key);
  }
  return new Set(newest.values());
}

function spaceOf(key: ObjectKey): string {
  return key.slice(0, Math.max(0, key.indexOf('/')));
}

function stageOf(key: ObjectKey, newest: ReadonlySet<ObjectKey>): Stage {
  if (key === REGISTRY_KEY) return 'tokens';
  if (key.startsWith(BACKUPS)) return stageInBackup(key.slice(key.lastIndexOf('/') + 1));
  if (numberOfCommitKey(key) !== undefined) return newest.has(key) ? 'newest commits' : 'commits';
  const space = spaceOf(key);
  if (key === metaKey(space)) return 'marks';
  if (key === hintKey(space)) return 'hints';
  const isBeside = key === documentKey(space, RULES) || key === documentKey(space, SYNTHESIS);
  return isBeside || key.startsWith(bankPrefix(space)) ? 'documents' : 'other';
}

function stageInBackup(name: string): Stage {
  if (name === CLAIM || name === DELETING) return 'claims';
  return name === MANIFEST ? 'marks' : 'other';
}
