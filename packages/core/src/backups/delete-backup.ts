import { z } from 'zod';
import type { Parts } from '../log/open-space.ts';
import { LIST_PAGE, type ObjectKey } from '../ports/object-store.ts';
import { anyCaller, type Caller } from '../tokens/caller.ts';
import { validate } from '../validate.ts';
import { type BackupId, backupId, backupKey, DELETING } from './backup-id.ts';
import { visibleBackup } from './find-backup.ts';

/** Which backup, and who asks. */
export interface BackupOnly {
  /** `{space}/{YYYY-MM-DDTHH-MM-SS}`. */
  readonly backup: string;
  /** Sees only backups of its spaces, and of the life they are in; absent: whoever holds the store. */
  readonly caller?: Caller | undefined;
}

/**
 * Deletes a backup. Broken off, it is told as incomplete, and goes on when it is run again.
 * Cost: as finding it; then 1 PUT, a listing for every thousand files, a DELETE for each, side by side, and 1 DELETE at the end.
 * @throws {@link BackupNotFoundError}
 */
export type DeleteBackup = (input: BackupOnly) => Promise<{ readonly filesDeleted: number }>;

/** Checks {@link BackupOnly}. */
export const backupOnly: z.ZodType<{ readonly backup: BackupId; readonly caller?: Caller | undefined }> =
  z.strictObject({
    backup: backupId,
    caller: anyCaller.optional(),
  });

/** See {@link DeleteBackup}. */
export function createDeleteBackup(parts: Parts): DeleteBackup {
  return async function deleteBackup(input) {
    const { backup, caller } = validate(backupOnly, input);
    const { id } = await visibleBackup(parts, backup, caller);
    return { filesDeleted: await deleteFiles(parts, id) };
  };
}

/**
 * The mark first: without its manifest, what is left would look like a whole backup of another program. Cost: see {@link DeleteBackup}.
 * @returns how many files went
 */
export async function deleteFiles({ store }: Parts, id: BackupId): Promise<number> {
  const mark = backupKey(id, DELETING);
  await store.put(mark, '{}\n');
  let deleted = 0;
  let page: ObjectKey[] = [];
  async function deletePage(): Promise<void> {
    await store.deleteMany(page);
    deleted += page.length;
    page = [];
  }
  for await (const entry of store.list(backupKey(id))) {
    if ('key' in entry && entry.key !== mark && page.push(entry.key) === LIST_PAGE) await deletePage();
  }
  await deletePage();
  await store.delete(mark);
  return deleted;
}
