import { BackupDamagedError, LiveMemoryError, UnreadableObjectError } from '../errors.ts';
import type { Parts } from '../log/open-space.ts';
import type { ReadAnswer } from '../ports/object-store.ts';
import { sha256Hex } from '../text.ts';
import { validate } from '../validate.ts';
import { type BackupId, backupKey, CLAIM, DELETING, MANIFEST } from './backup-id.ts';
import { type BackupOnly, backupOnly } from './delete-backup.ts';
import { type FoundBackup, listFiles, visibleBackup } from './find-backup.ts';
import type { ManifestFile } from './manifest.ts';

const FILES_AT_ONCE = 100;

/** What is wrong with one file of a backup. */
export interface BackupProblem {
  /** From the space's own folder; `_manifest.json` for the manifest itself. */
  readonly path: string;
  /** `incomplete`: the backup is being taken or deleted, or that was broken off. */
  readonly fault: 'missing' | 'changed' | 'added' | 'unreadable' | 'incomplete';
}

/** Whether a backup is what it was. */
export interface VerifiedBackup {
  readonly ok: boolean;
  readonly problems: readonly BackupProblem[];
  /** Files that were read. */
  readonly files: number;
  /** No: it has no manifest, so only that its files can be read is known. */
  readonly verifiable: boolean;
}

/**
 * Reads a whole backup and compares it with its manifest. Cost: as finding it, a listing for every thousand files and a GET for each, 100 at once.
 * @throws {@link BackupNotFoundError}
 */
export type VerifyBackup = (input: BackupOnly) => Promise<VerifiedBackup>;

/** See {@link VerifyBackup}. */
export function createVerifyBackup(parts: Parts): VerifyBackup {
  return async function verifyBackup(input) {
    const { backup, caller } = validate(backupOnly, input);
    return verify(parts, await visibleBackup(parts, backup, caller));
  };
}

/** See {@link VerifyBackup}. */
export async function verify(parts: Parts, { id, manifest, isComplete }: FoundBackup): Promise<VerifiedBackup> {
  if (manifest instanceof LiveMemoryError)
    return { ok: false, problems: [{ path: MANIFEST, fault: 'unreadable' }], files: 0, verifiable: false };
  if (!isComplete)
    return { ok: false, problems: [{ path: MANIFEST, fault: 'incomplete' }], files: 0, verifiable: false };
  const expected = manifest && new Map(Object.entries(manifest.files));
  const problems = expected ? await added(parts, id, expected) : [];
  const paths = [...(expected ?? (await listFiles(parts, id))).keys()].toSorted();
  for (let at = 0; at < paths.length; at += FILES_AT_ONCE) {
    const some = paths.slice(at, at + FILES_AT_ONCE);
    const answers = await parts.store.getMany(some.map((path) => backupKey(id, path)));
    for (const [index, path] of some.entries()) {
      const fault = faultOf(answers[index], expected?.get(path));
      if (fault) problems.push({ path, fault });
    }
  }
  return { ok: problems.length === 0, problems, files: paths.length, verifiable: expected !== undefined };
}

/** Whatever lies there and is not in the manifest. */
async function added(
  { store }: Parts,
  id: BackupId,
  expected: ReadonlyMap<string, ManifestFile>,
): Promise<BackupProblem[]> {
  const problems: BackupProblem[] = [];
  for await (const entry of store.list(backupKey(id))) {
    const path = 'key' in entry ? entry.key.slice(backupKey(id).length) : '';
    if (!expected.has(path) && ![MANIFEST, CLAIM, DELETING].includes(path)) problems.push({ path, fault: 'added' });
  }
  return problems;
}

function faultOf(answer: ReadAnswer, expected: ManifestFile | undefined): BackupProblem['fault'] | undefined {
  if (answer === undefined) return 'missing';
  if (answer instanceof UnreadableObjectError) return 'unreadable';
  return expected && sha256Hex(answer.body) !== expected.sha256 ? 'changed' : undefined;
}

/** @throws {@link BackupDamagedError} the backup is not what it was: nothing may be made of it */
export function refuseDamaged({ backup }: BackupId, { ok, problems }: VerifiedBackup): void {
  if (ok) return;
  const told = problems.slice(0, 5).map(({ path, fault }) => `${path} (${fault})`);
  const more = problems.length > 5 ? ` and ${problems.length - 5} more` : '';
  throw new BackupDamagedError(`backup ${backup} is damaged: ${told.join(', ')}${more}; use another one`);
}
