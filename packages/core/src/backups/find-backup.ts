import { BackupNotFoundError, LiveMemoryError, NewerFormatError, UnreadableObjectError } from '../errors.ts';
import type { Commit } from '../log/commit.ts';
import { isAlive } from '../log/existing-head.ts';
import type { Parts } from '../log/open-space.ts';
import { metaKey } from '../log/space-keys.ts';
import type { ListedObject, ReadAnswer } from '../ports/object-store.ts';
import { isSpacePath } from '../spaces/space-file.ts';
import { type Caller, mayEnter } from '../tokens/caller.ts';
import { includesPermission } from '../tokens/permission.ts';
import { type BackupId, backupKey, DELETING, MANIFEST, TAKING } from './backup-id.ts';
import { decodeManifest, type Manifest } from './manifest.ts';

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
export async function findBackup({ store }: Parts, id: BackupId): Promise<FoundBackup | undefined> {
  const [manifest, taking, deleting] = await store.getMany(
    [MANIFEST, TAKING, DELETING].map((name) => backupKey(id, name)),
  );
  const isComplete = !deleting && (manifest !== undefined || !taking);
  if (!manifest && !taking && !deleting && !(await hasFiles(store, id))) return undefined;
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

async function hasFiles(store: Parts['store'], id: BackupId): Promise<boolean> {
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
 * had the id before. Others are seen by administrators alone. What may not be seen is not found.
 * Cost: as {@link findBackup}, beside the head of its space.
 * @throws {@link BackupNotFoundError}
 */
export async function visibleBackup(parts: Parts, id: BackupId, caller: Caller | undefined): Promise<FoundBackup> {
  if (!mayLook(caller, id.space)) throw new BackupNotFoundError(id.backup);
  const [found, seen] = await Promise.all([findBackup(parts, id), lookAtSpace(parts, id.space, caller)]);
  if (!found || !seen.exists || !isVisible(found, seen.head, caller)) throw new BackupNotFoundError(id.backup);
  return found;
}

/** The space that backups are of, as far as it decides who sees them. Its head; where it has no log, 1 GET. */
export async function lookAtSpace(
  parts: Parts,
  space: string,
  caller: Caller | undefined,
): Promise<{ readonly head: Commit | undefined; readonly exists: boolean }> {
  const head = await parts.open(space).log.head();
  const isSure = caller === undefined || isAdmin(caller) || head !== undefined;
  return { head, exists: isSure || (await parts.store.get(metaKey(space))) !== undefined };
}

/** Whether any backup of the space may be shown to the caller; absent: whoever holds the store. */
export function mayLook(caller: Caller | undefined, space: string): boolean {
  return caller === undefined || mayEnter(caller, space) || isAdmin(caller);
}

/** Whether a backup of a space that exists may be shown to the caller. @param head of the space; undefined: it has no log */
export function isVisible({ manifest }: FoundBackup, head: Commit | undefined, caller: Caller | undefined): boolean {
  if (caller === undefined || isAdmin(caller)) return true;
  if (head && !isAlive(head)) return false;
  return manifest === undefined || manifest instanceof LiveMemoryError
    ? (head?.past_lives.length ?? 0) === 0
    : isOfLife(manifest, head);
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
