import { z } from 'zod';
import type { Commit } from '../log/commit.ts';
import type { Parts } from '../log/open-space.ts';
import { settleQuietly } from '../log/settle.ts';
import { agentName, LIBRARY } from '../notes/note.ts';
import { spaceId } from '../spaces/space.ts';
import { anyCaller, type Caller } from '../tokens/caller.ts';
import { isJustMade, openSpaceTo } from '../tokens/space-access.ts';
import { tokenHash } from '../tokens/token-hash.ts';
import { validate } from '../validate.ts';
import { backupId } from './backup-id.ts';
import type { BackupProgress } from './create-backup.ts';
import { pathsOf } from './download-backup.ts';
import { visibleBackup } from './find-backup.ts';
import { restoreFiles } from './restore-files.ts';
import { decide, fingerprint, type Restore } from './restoring.ts';
import { refuseDamaged, verify } from './verify-backup.ts';

/** What {@link RestoreBackup} takes. */
export interface RestoreBackupInput {
  /** `{space}/{YYYY-MM-DDTHH-MM-SS}`. */
  readonly backup: string;
  /** The id that the space gets; absent: the one it had. */
  readonly as?: string | undefined;
  /** Hash of the token that asks: it may enter the space, unless the restore was begun for another one. */
  readonly creator?: string | undefined;
  /** Who asks. */
  readonly actor?: string | undefined;
  /** See {@link BackupOnly}. */
  readonly caller?: Caller | undefined;
  /** Called now and then, with the files restored and all of them. */
  readonly onProgress?: ((progress: BackupProgress) => void) | undefined;
}

/** A space that was restored. */
export interface RestoredSpace {
  readonly space: string;
  /** The commit with which it exists. */
  readonly commit: number;
  readonly files: number;
  /** No: the backup has no manifest, so nothing proves that it was whole. */
  readonly verified: boolean;
}

/**
 * Makes a space of a backup. The backup is read and verified first; a damaged one changes nothing. The id must be free. One commit then
 * decides which backup it becomes: who else restores the same one helps, another one is refused until that space is deleted. The space
 * exists from the last commit on, whole. Broken off, it goes on when it is run again, by anybody.
 *
 * The notes are live again under new names, in the new life: an old name may have been consumed, and is never live again.
 *
 * Cost: see {@link VerifyBackup}; the registry of tokens, the head, see {@link clearSpace}; then every file once more, 100 at once, a PUT for
 * each note with a listing for every hundred, a commit for each 8 MiB of documents, 2 more, and {@link settle}; with a
 * creator, then {@link openSpaceTo}.
 * @throws {@link BackupNotFoundError}
 * @throws {@link BackupDamagedError}
 * @throws {@link SpaceExistsError}
 * @throws {@link RestoreConflictError} another backup is being restored under that id
 */
export type RestoreBackup = (input: RestoreBackupInput) => Promise<RestoredSpace>;

const inputSchema = z.strictObject({
  backup: backupId,
  as: spaceId.optional(),
  creator: tokenHash.optional(),
  actor: agentName.default(LIBRARY),
  caller: anyCaller.optional(),
  onProgress: z.custom<(progress: BackupProgress) => void>().optional(),
});

/** See {@link RestoreBackup}. */
export function createRestoreBackup(parts: Parts): RestoreBackup {
  return async function restoreBackup(input) {
    const { backup: id, as = id.space, caller, ...request } = validate(inputSchema, input);
    const found = await visibleBackup(parts, id, caller);
    const verified = await verify(parts, found);
    refuseDamaged(id, verified);
    const space = parts.open(as);
    const restore: Restore = { ...request, caller, parts, space, found, sha256: await fingerprint(parts, found) };
    const head = await decide(restore);
    const paths = await pathsOf(parts, found);
    const done = head.kind === 'restore' ? head : await restoreFiles(restore, head, paths);
    await settleQuietly(parts, space, done.n);
    await letIn(restore, done, head.kind === 'restore');
    return { space: as, commit: done.n, files: paths.length, verified: verified.verifiable };
  };
}

/** Whoever asked first. @param wasDone before this call: then somebody may have shut that token out on purpose since */
async function letIn({ parts, space, creator: asks }: Restore, done: Commit, wasDone: boolean): Promise<void> {
  const creator = done.space?.creator;
  if (creator === undefined) return;
  if (wasDone && (creator !== asks || !(await isJustMade(parts, done.at)))) return;
  await openSpaceTo(parts, space, creator, done.life);
}
