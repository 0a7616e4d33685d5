import { type BackupId, backupKey, MANIFEST } from '../backups/backup-id.ts';
import { findBackup, isVisible, listFiles } from '../backups/find-backup.ts';
import { listBackupIds } from '../backups/list-backup-ids.ts';
import { encodeManifest, type Manifest, type ManifestFile } from '../backups/manifest.ts';
import { AT_ONCE, mapAtMost } from '../concurrency.ts';
import { LiveMemoryError } from '../errors.ts';
import type { Commit } from '../log/commit.ts';
import type { Parts } from '../log/open-space.ts';
import { sha256Hex, utf8Length } from '../text.ts';
import type { Caller } from '../tokens/caller.ts';
import { cleanFile } from './clean-file.ts';
import type { Mask } from './mask.ts';
import { cleanedInfo } from './redact-commit.ts';
import { rewriteObject } from './rewrite-object.ts';

const FILES_AT_ONCE = 100;

/** A backup and how many of its files hold the secret. */
export interface RedactedBackup {
  readonly backup: string;
  readonly files: number;
}

/** Backups of an id that the caller may see, newest first; without a caller all, whatever life they are of. */
export async function backupsToRedact(
  parts: Parts,
  space: string,
  head: Commit | undefined,
  caller: Caller | undefined,
): Promise<readonly BackupId[]> {
  const ids = await listBackupIds(parts, space);
  if (caller === undefined) return ids;
  const found = await mapAtMost(ids, AT_ONCE, (id) => findBackup(parts, id));
  return found.flatMap((backup) => (backup && isVisible(backup, { head, exists: true }, caller) ? [backup.id] : []));
}

/**
 * Takes the secret out of backups. The manifest is written first, with the hashes that the files are going to have: broken off in between,
 * the files that still hold the secret are found again. Cost: a GET for each file, 100 at once, and a PUT for each that holds it; one more
 * for the manifest.
 * @param dryRun only tell which
 */
export async function redactBackups(
  parts: Parts,
  ids: readonly BackupId[],
  mask: Mask,
  dryRun: boolean,
): Promise<RedactedBackup[]> {
  const redacted: RedactedBackup[] = [];
  for (const id of ids) {
    const files = await redactBackup(parts, id, mask, dryRun);
    if (files > 0) redacted.push({ backup: id.backup, files });
  }
  return redacted;
}

async function redactBackup(parts: Parts, id: BackupId, mask: Mask, dryRun: boolean): Promise<number> {
  const changed = await changedFiles(parts, id, mask);
  const found = await findBackup(parts, id);
  const manifest = found?.manifest instanceof LiveMemoryError ? undefined : found?.manifest;
  const cleaned = manifest && encodeManifest(cleanedManifest(manifest, mask, changed));
  const isStale = cleaned !== undefined && cleaned !== found?.manifestText;
  if (!dryRun) {
    if (isStale) await parts.store.put(backupKey(id, MANIFEST), cleaned);
    await mapAtMost([...changed.keys()], AT_ONCE, (path) =>
      rewriteObject(parts, backupKey(id, path), (text) => cleanFile(mask, path, text)),
    );
  }
  return changed.size > 0 || !isStale ? changed.size : 1;
}

/** Path → what the manifest is to say of it. Files that can be read as text. */
async function changedFiles(parts: Parts, id: BackupId, mask: Mask): Promise<Map<string, ManifestFile>> {
  const paths = [...(await listFiles(parts, id)).keys()];
  const changed = new Map<string, ManifestFile>();
  for (let at = 0; at < paths.length; at += FILES_AT_ONCE) {
    const some = paths.slice(at, at + FILES_AT_ONCE);
    const answers = await parts.store.getMany(some.map((path) => backupKey(id, path)));
    for (const [index, path] of some.entries()) {
      const answer = answers[index];
      const text = answer && 'body' in answer ? answer.body : '';
      const cleaned = cleanFile(mask, path, text);
      if (cleaned !== text) changed.set(path, { sha256: sha256Hex(cleaned), size: utf8Length(cleaned) });
    }
  }
  return changed;
}

function cleanedManifest(manifest: Manifest, mask: Mask, changed: ReadonlyMap<string, ManifestFile>): Manifest {
  const files = Object.entries(manifest.files).map(([path, file]) => [path, changed.get(path) ?? file] as const);
  return {
    ...manifest,
    actor: mask.clean(manifest.actor),
    description: mask.clean(manifest.description),
    space: cleanedInfo(manifest.space, mask),
    files: Object.fromEntries(files),
  };
}
