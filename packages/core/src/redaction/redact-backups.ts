import { type BackupId, backupKey, MANIFEST } from '../backups/backup-id.ts';
import { findBackup, listFiles } from '../backups/find-backup.ts';
import { encodeManifest, type Manifest } from '../backups/manifest.ts';
import { listIds } from '../backups/retention.ts';
import { AT_ONCE, mapAtMost } from '../concurrency.ts';
import { LiveMemoryError } from '../errors.ts';
import type { Parts } from '../log/open-space.ts';
import { sha256Hex } from '../text.ts';
import type { Mask } from './mask.ts';

const FILES_AT_ONCE = 100;

/** A backup and how many of its files hold the secret. */
export interface RedactedBackup {
  readonly backup: string;
  readonly files: number;
}

/**
 * Takes the secret out of all backups of an id, whatever life they are of. The manifest is written first, with the hashes that the files are
 * going to have: broken off in between, the files that still hold the secret are found again. Cost: a GET for each file, 100 at once, and
 * a PUT for each that holds it; one more for the manifest.
 */
export async function redactBackups(
  parts: Parts,
  space: string,
  mask: Mask,
  dryRun: boolean,
): Promise<RedactedBackup[]> {
  const redacted: RedactedBackup[] = [];
  for (const id of await listIds(parts, space)) {
    const files = await redactBackup(parts, id, mask, dryRun);
    if (files > 0) redacted.push({ backup: id.backup, files });
  }
  return redacted;
}

async function redactBackup(parts: Parts, id: BackupId, mask: Mask, dryRun: boolean): Promise<number> {
  const paths = [...(await listFiles(parts, id)).keys()];
  const hashes = new Map<string, string>();
  await eachText(parts, id, paths, async (path, text) => {
    if (mask.finds(text)) hashes.set(path, sha256Hex(mask.clean(text)));
  });
  const found = await findBackup(parts, id);
  const manifest = found?.manifest instanceof LiveMemoryError ? undefined : found?.manifest;
  const cleaned = manifest && cleanedManifest(manifest, mask, hashes);
  const isManifestClean = !cleaned || encodeManifest(cleaned) === found?.manifestText;
  if (dryRun) return hashes.size + (isManifestClean ? 0 : hashes.size === 0 ? 1 : 0);
  if (cleaned && !isManifestClean) await parts.store.put(backupKey(id, MANIFEST), encodeManifest(cleaned));
  await eachText(parts, id, [...hashes.keys()], async (path, text) => {
    await parts.store.put(backupKey(id, path), mask.clean(text));
  });
  return hashes.size + (isManifestClean || hashes.size > 0 ? 0 : 1);
}

function cleanedManifest(manifest: Manifest, { clean }: Mask, hashes: ReadonlyMap<string, string>): Manifest {
  const files = Object.entries(manifest.files).map(([path, file]) => {
    return [path, { ...file, sha256: hashes.get(path) ?? file.sha256 }] as const;
  });
  const { space, description, actor } = manifest;
  return {
    ...manifest,
    actor: clean(actor),
    description: clean(description),
    space: { ...space, description: clean(space.description), owner: clean(space.owner) },
    files: Object.fromEntries(files),
  };
}

/** Those that can be read as text. */
async function eachText(
  { store }: Parts,
  id: BackupId,
  paths: readonly string[],
  work: (path: string, text: string) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < paths.length; at += FILES_AT_ONCE) {
    const some = paths.slice(at, at + FILES_AT_ONCE);
    const answers = await store.getMany(some.map((path) => backupKey(id, path)));
    await mapAtMost([...some.entries()], AT_ONCE, async ([index, path]) => {
      const answer = answers[index];
      if (answer && 'body' in answer) await work(path, answer.body);
    });
  }
}
