import { AT_ONCE, mapAtMost } from '../concurrency.ts';
import { LiveMemoryError } from '../errors.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { BACKUPS, type BackupId, momentOf, parseBackupId } from './backup-id.ts';
import { deleteFiles } from './delete-backup.ts';
import { type FoundBackup, findBackup, isOfLife } from './find-backup.ts';

const DAY = 86_400_000;

/** Which backups of a space are kept when a new one was taken; those of other lives of the id, and of other programs, always are. */
export interface Retention {
  /** So many, the newest; 0: all. */
  readonly count: number;
  /** Days; 0: for ever. The newest one stays, however old. */
  readonly days: number;
}

/** What a retention did. */
export interface Kept {
  readonly deleted: readonly string[];
  readonly warnings: readonly string[];
}

/** Ids of all backups of a space, newest first. A listing for every thousand. */
export async function listIds({ store }: Parts, space: string): Promise<BackupId[]> {
  const ids: BackupId[] = [];
  for await (const entry of store.list(`${BACKUPS}${space}/`, { delimiter: '/' })) {
    const id = 'prefix' in entry ? parseBackupId(entry.prefix.slice(BACKUPS.length, -1)) : undefined;
    if (id) ids.push(id);
  }
  return ids.toSorted((a, b) => (a.timestamp < b.timestamp ? 1 : -1));
}

/**
 * Deletes what is too old, and what was broken off a day ago. What fails is told, and done with the next backup.
 * Cost: a listing, 3 GETs for each backup, and {@link DeleteBackup} for each that goes.
 */
export async function keepNewest(parts: Parts, space: OpenSpace, retention: Retention): Promise<Kept> {
  const deleted: string[] = [];
  try {
    const ids = await listIds(parts, space.id);
    const found = await mapAtMost(ids, AT_ONCE, (id) => findBackup(parts, id));
    const head = await space.log.head();
    const now = await parts.storeTime();
    const ours = found.filter((backup) => backup !== undefined).filter((backup) => isOurs(backup, head));
    for (const { id } of outOf(ours, retention, now)) {
      await deleteFiles(parts, id);
      deleted.push(id.backup);
    }
    return { deleted, warnings: [] };
  } catch (error) {
    if (!(error instanceof LiveMemoryError)) throw error;
    parts.logger.warn('old backups could not be deleted', { space: space.id, cause: error });
    return { deleted, warnings: ['old backups could not be deleted: the next backup tries again'] };
  }
}

/** Of this life, or broken off: those of other programs, and damaged ones, are for people to delete. */
function isOurs({ manifest, isComplete }: FoundBackup, head: Parameters<typeof isOfLife>[1]): boolean {
  if (!isComplete) return true;
  return manifest !== undefined && !(manifest instanceof LiveMemoryError) && isOfLife(manifest, head);
}

/** @param backups newest first @param now milliseconds since the Unix epoch */
function outOf(backups: readonly FoundBackup[], { count, days }: Retention, now: number): readonly FoundBackup[] {
  const whole = backups.filter(({ isComplete }) => isComplete);
  const tooMany = count === 0 ? [] : whole.slice(count);
  const tooOld = days === 0 ? [] : whole.slice(1).filter(({ id }) => now - momentOf(id) > days * DAY);
  const brokenOff = backups.filter(({ id, isComplete }) => !isComplete && now - momentOf(id) > DAY);
  return [...new Set([...tooMany, ...tooOld, ...brokenOff])];
}
