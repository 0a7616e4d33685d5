import type { Parts } from '../log/open-space.ts';
import { BACKUPS, type BackupId, parseBackupId } from './backup-id.ts';

/** Ids of all backups of a space, newest first. A listing for every thousand. */
export async function listBackupIds({ store }: Parts, space: string): Promise<BackupId[]> {
  const ids: BackupId[] = [];
  for await (const entry of store.list(`${BACKUPS}${space}/`, { delimiter: '/' })) {
    const id = 'prefix' in entry ? parseBackupId(entry.prefix.slice(BACKUPS.length, -1)) : undefined;
    if (id) ids.push(id);
  }
  return ids.toSorted((a, b) => (a.timestamp < b.timestamp ? 1 : -1));
}
