import { mapAtMost } from '../concurrency.ts';
import { LiveMemoryError } from '../errors.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { type BackupId, momentOf } from './backup-id.ts';
import { deleteFiles } from './delete-backup.ts';
import { BACKUPS_AT_ONCE, type FoundBackup, findBackup, isOfLife } from './find-backup.ts';
import { listBackupIds } from './list-backup-ids.ts';

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

/** What decides whether a backup goes; not its manifest, which may be large. */
interface KnownBackup {
  readonly id: BackupId;
  readonly isComplete: boolean;
}

/**
 * Deletes what is too old, and what was broken off a day ago. What fails is told, and done with the next backup.
 * Cost: a listing for every thousand backups, the head, 3 GETs for each backup there is, 8 backups at once; for each that goes, one after the
 * other, what {@link deleteFiles} costs.
 */
export async function keepNewest(parts: Parts, space: OpenSpace, retention: Retention): Promise<Kept> {
  const deleted: string[] = [];
  try {
    const ids = await listBackupIds(parts, space.id);
    const head = await space.log.head();
    const known = await mapAtMost(ids, BACKUPS_AT_ONCE, async (id): Promise<KnownBackup[]> => {
      const found = await findBackup(parts, id);
      return found && isOurs(found, head) ? [{ id, isComplete: found.isComplete }] : [];
    });
    const now = await parts.storeTime();
    for (const { id } of outOf(known.flat(), retention, now)) {
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
function outOf(backups: readonly KnownBackup[], { count, days }: Retention, now: number): readonly KnownBackup[] {
  const whole = backups.filter(({ isComplete }) => isComplete);
  const tooMany = count === 0 ? [] : whole.slice(count);
  const tooOld = days === 0 ? [] : whole.slice(1).filter(({ id }) => now - momentOf(id) > days * DAY);
  const brokenOff = backups.filter(({ id, isComplete }) => !isComplete && now - momentOf(id) > DAY);
  return [...new Set([...tooMany, ...tooOld, ...brokenOff])];
}
