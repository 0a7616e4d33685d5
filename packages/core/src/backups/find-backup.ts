import { BackupNotFoundError, LiveMemoryError, NewerFormatError, UnreadableObjectError } from '../errors.ts';
import type { Commit } from '../log/commit.ts';
import { isAlive } from '../log/existing-head.ts';
import type { Parts } from '../log/open-space.ts';
import { metaKey } from '../log/space-keys.ts';
import { parseInstant } from '../notes/instant.ts';
import type { ListedObject, ReadAnswer } from '../ports/object-store.ts';
import { isSpacePath } from '../spaces/space-file.ts';
import { type Caller, mayEnter } from '../tokens/caller.ts';
import { includesPermission } from '../tokens/permission.ts';
import { type BackupId, backupKey, CLAIM, DELETING, MANIFEST, momentOf } from './backup-id.ts';
import { decodeManifest, type Manifest } from './manifest.ts';

const SECOND = 1_000;

/** Backups of one space that are looked at side by side, at most: each takes 3 requests, and one answer may be a manifest of megabytes. */
export const BACKUPS_AT_ONCE = 8;

/** A backup and how far it can be trusted. */
export interface FoundBackup {
  readonly id: BackupId;
  /**
   * Of a backup that another program laid out: undefined. One that cannot be read: why.
   */
  readonly manifest: Manifest | LiveMemoryError | undefined;
  /** `_manifest.json` as it is stored. */
  readonly manifestText: string | undefined;
  /** False while it is taken or deleted, or where that was broken off. */
  readonly isComplete: boolean;
}

/**
 * What is known of a backup from its marks. Cost: 3 GETs side by side, and for one without any mark a listing of one entry.
 * @returns undefined where there is none
 */
export async function findBackup(parts: Parts, id: BackupId): Promise<FoundBackup | undefined> {
  const [manifest, claim, deleting] = await parts.store.getMany(
    [MANIFEST, CLAIM, DELETING].map((name) => backupKey(id, name)),
  );
  const isComplete = !deleting && (manifest !== undefined || !claim);
  if (!manifest && !claim && !deleting && !(await hasFiles(parts, id))) return undefined;
  const manifestText = manifest && 'body' in manifest ? manifest.body : undefined;
  return { id, manifest: manifestOf(id, manifest), manifestText, isComplete };
}

function manifestOf(id: BackupId, answer: ReadAnswer): FoundBackup['manifest'] {
  if (answer === undefined || answer instanceof UnreadableObjectError) return answer;
  try {
    return decodeManifest(backupKey(id, MANIFEST), answer.body);
  } catch (error) {
    if (error instanceof UnreadableObjectError || error instanceof NewerFormatError) return error;
    throw error;
  }
}

/** Whether anything lies under this id. A listing of one entry. */
export async function hasFiles({ store }: Parts, id: BackupId): Promise<boolean> {
  for await (const _ of store.list(backupKey(id), { limit: 1 })) return true;
  return false;
}

/** Files of a backup as they lie there, by path; not its marks, nor what other programs copied along. A listing for every thousand. */
export async function listFiles({ store }: Parts, id: BackupId): Promise<ReadonlyMap<string, ListedObject>> {
  const files = new Map<string, ListedObject>();
  const prefix = backupKey(id);
  for await (const entry of store.list(prefix)) {
    const path = 'key' in entry ? entry.key.slice(prefix.length) : '';
    if ('key' in entry && isSpacePath(path)) files.set(path, entry);
  }
  return files;
}

/**
 * A backup that the caller may see: of a space on its list, and of the life that space is in or goes on from, since another owner may have
 * had the id before. Those of lives that ended are seen by administrators alone, those of a space that lives by nobody who may not enter it.
 * What may not be seen is not found.
 * Cost: as {@link findBackup}, beside the head of its space.
 * @throws {@link BackupNotFoundError}
 */
export async function visibleBackup(parts: Parts, id: BackupId, caller: Caller | undefined): Promise<FoundBackup> {
  if (!mayLook(caller, id.space)) throw new BackupNotFoundError(id.backup);
  const [found, seen] = await Promise.all([findBackup(parts, id), lookAtSpace(parts, id.space, caller)]);
  if (!found || !isVisible(found, seen, caller)) throw new BackupNotFoundError(id.backup);
  return found;
}

/** A space, as far as it decides who sees its backups. */
export interface SeenSpace {
  /** Undefined: it has no log. */
  readonly head: Commit | undefined;
  readonly exists: boolean;
}

/** The space that backups are of, as far as it decides who sees them. Its head; where it has no log, 1 GET. */
export async function lookAtSpace(parts: Parts, space: string, caller: Caller | undefined): Promise<SeenSpace> {
  const head = await parts.open(space).log.head();
  const isSure = caller === undefined || head !== undefined;
  return { head, exists: isSure || (await parts.store.get(metaKey(space))) !== undefined };
}

/** Whether any backup of the space may be shown to the caller; absent: whoever holds the store. */
export function mayLook(caller: Caller | undefined, space: string): boolean {
  return caller === undefined || mayEnter(caller, space) || isAdmin(caller);
}

/** Whether a backup may be shown to the caller. @param seen its space, see {@link lookAtSpace} */
export function isVisible(backup: FoundBackup, { head, exists }: SeenSpace, caller: Caller | undefined): boolean {
  if (caller === undefined) return true;
  const isPresent = exists && (!head || isAlive(head)) && isOfPresentLife(backup, head);
  return isPresent ? mayEnter(caller, backup.id.space) : isAdmin(caller);
}

/** One without a life to tell must have been taken in the first one of the id, after that began. */
function isOfPresentLife({ id, manifest }: FoundBackup, head: Commit | undefined): boolean {
  if (manifest && !(manifest instanceof LiveMemoryError) && manifest.life !== undefined)
    return isOfLife(manifest, head);
  const began = parseInstant(head?.space?.created_at ?? '') ?? 0;
  return (head?.past_lives.length ?? 0) === 0 && momentOf(id) + SECOND > began;
}

/** Whether the backup is of the life that the space is in, or of one it goes on from. */
export function isOfLife({ life }: Manifest, head: Commit | undefined): boolean {
  // Before the space had a log, it had one life only, as far as can be told.
  if (life === undefined) return (head?.past_lives.length ?? 0) === 0;
  return head !== undefined && (life === head.life || (head.continues ?? []).includes(life));
}

function isAdmin(caller: Caller): boolean {
  return includesPermission(caller.permission, 'admin');
}
