import { BackupDamagedError, LiveMemoryError } from '../errors.ts';
import type { Parts } from '../log/open-space.ts';
import { maskedMeta } from '../spaces/masked-meta.ts';
import type { SpaceFile, SpaceFiles } from '../spaces/space-file.ts';
import { sha256Hex } from '../text.ts';
import { validate } from '../validate.ts';
import { backupKey } from './backup-id.ts';
import { type BackupOnly, backupOnly } from './delete-backup.ts';
import { type FoundBackup, listFiles, visibleBackup } from './find-backup.ts';

const FILES_AT_ONCE = 100;

/**
 * All files of a backup, for other programs; secrets of `_meta.json` are masked. Files are read while they are taken.
 * Cost: as finding it, a listing where it has no manifest, and a GET for each file, 100 at once.
 * @throws {@link BackupNotFoundError}
 * @throws {@link BackupDamagedError} its manifest cannot be read; while files are taken: one is not what it was
 */
export type DownloadBackup = (input: BackupOnly) => Promise<SpaceFiles>;

/** See {@link DownloadBackup}. */
export function createDownloadBackup(parts: Parts): DownloadBackup {
  return async function downloadBackup(input) {
    const { backup, caller } = validate(backupOnly, input);
    const found = await visibleBackup(parts, backup, caller);
    const paths = await pathsOf(parts, found);
    return { filesCount: paths.length, files: maskedFiles(parts, found, paths) };
  };
}

async function* maskedFiles(parts: Parts, found: FoundBackup, paths: readonly string[]): AsyncGenerator<SpaceFile> {
  for await (const { path, text } of filesOfBackup(parts, found, paths)) {
    yield { path, text: path === '_meta.json' ? maskedMeta(text) : text };
  }
}

/**
 * The paths of all its files, in order.
 * @throws {@link BackupDamagedError} it cannot be told which files it has
 */
export async function pathsOf(parts: Parts, { id, manifest, isComplete }: FoundBackup): Promise<readonly string[]> {
  if (!isComplete || manifest instanceof LiveMemoryError)
    throw new BackupDamagedError(`backup ${id.backup} is incomplete or damaged: backup verify tells more`);
  return Object.keys(manifest ? manifest.files : Object.fromEntries(await listFiles(parts, id))).toSorted();
}

/**
 * Files of a backup, a hundred read at once; each is what the manifest says, where there is one.
 * @throws {@link BackupDamagedError} one is not, or cannot be read
 */
export async function* filesOfBackup(
  { store }: Parts,
  { id, manifest }: FoundBackup,
  paths: readonly string[],
): AsyncGenerator<SpaceFile> {
  const expected = manifest && !(manifest instanceof LiveMemoryError) ? manifest.files : undefined;
  for (let at = 0; at < paths.length; at += FILES_AT_ONCE) {
    const some = paths.slice(at, at + FILES_AT_ONCE);
    const answers = await store.getMany(some.map((path) => backupKey(id, path)));
    for (const [index, path] of some.entries()) {
      const answer = answers[index];
      const isRight = answer && 'body' in answer && (!expected || sha256Hex(answer.body) === expected[path]?.sha256);
      if (!isRight) throw new BackupDamagedError(`backup ${id.backup} is damaged: ${path} is not what it was`);
      yield { path, text: answer.body };
    }
  }
}
