import { z } from 'zod';
import { mapAtMost } from '../concurrency.ts';
import { LiveMemoryError } from '../errors.ts';
import type { Parts } from '../log/open-space.ts';
import { formatInstant } from '../notes/instant.ts';
import { listSpaceIds } from '../spaces/list-space-ids.ts';
import { spaceId } from '../spaces/space.ts';
import { anyCaller, type Caller } from '../tokens/caller.ts';
import { validate } from '../validate.ts';
import { BACKUPS, momentOf } from './backup-id.ts';
import {
  BACKUPS_AT_ONCE,
  type FoundBackup,
  findBackup,
  isVisible,
  listFiles,
  lookAtSpace,
  mayLook,
} from './find-backup.ts';
import { listBackupIds } from './list-backup-ids.ts';
import { sizeOf } from './manifest.ts';

/** Few, as the backups of each are looked at side by side too. */
const SPACES_AT_ONCE = 4;

/** What {@link ListBackups} takes. */
export interface ListBackupsInput {
  /** Only of this space; absent: of all. */
  readonly space?: string | undefined;
  /** See {@link BackupOnly}. */
  readonly caller?: Caller | undefined;
}

/** One backup, without its files. */
export interface BackupFacts {
  /** `{space}/{YYYY-MM-DDTHH-MM-SS}`. */
  readonly backup: string;
  readonly space: string;
  /** ISO 8601: when it was begun. */
  readonly at: string;
  readonly description: string;
  readonly files: number;
  /** Bytes. */
  readonly totalSize: number;
  /** No: it is being taken or deleted, or that was broken off, or its manifest is damaged. */
  readonly complete: boolean;
  /** Whether its manifest can prove that it is whole: those of the Python service have none. */
  readonly verifiable: boolean;
  /** The commit whose state it is. */
  readonly commit?: number | undefined;
}

/** All backups that the caller may see. */
export interface ListedBackups {
  /** By space, then the newest first. */
  readonly backups: readonly BackupFacts[];
}

/**
 * The backups there are. Cost: a listing, for each space one more and its head, for each backup 3 GETs side by side, 8 backups at once in each
 * of 4 spaces; for one without a manifest a listing of its files.
 */
export type ListBackups = (input?: ListBackupsInput) => Promise<ListedBackups>;

const inputSchema = z.strictObject({ space: spaceId.optional(), caller: anyCaller.optional() });

/** See {@link ListBackups}. */
export function createListBackups(parts: Parts): ListBackups {
  return async function listBackups(input = {}) {
    const { space, caller } = validate(inputSchema, input);
    const spaces = space === undefined ? (await listSpaceIds(parts, BACKUPS)).toSorted() : [space];
    const allowed = spaces.filter((id) => mayLook(caller, id));
    const backups = await mapAtMost(allowed, SPACES_AT_ONCE, (id) => backupsOf(parts, id, caller));
    return { backups: backups.flat() };
  };
}

async function backupsOf(parts: Parts, space: string, caller: Caller | undefined): Promise<BackupFacts[]> {
  const ids = await listBackupIds(parts, space);
  if (ids.length === 0) return [];
  const seen = await lookAtSpace(parts, space, caller);
  const facts = await mapAtMost(ids, BACKUPS_AT_ONCE, async (id) => {
    const found = await findBackup(parts, id);
    return found && isVisible(found, seen, caller) ? [await factsOf(parts, found)] : [];
  });
  return facts.flat();
}

async function factsOf(parts: Parts, backup: FoundBackup): Promise<BackupFacts> {
  const { id, manifest, isComplete } = backup;
  const about = { backup: id.backup, space: id.space, at: formatInstant(momentOf(id)) };
  if (manifest === undefined || manifest instanceof LiveMemoryError) {
    const listed = [...(await listFiles(parts, id)).values()];
    const totalSize = listed.reduce((sum, { size }) => sum + size, 0);
    const complete = isComplete && manifest === undefined;
    return { ...about, description: '', files: listed.length, totalSize, complete, verifiable: false };
  }
  const { description, commit, files } = manifest;
  const counted = { files: Object.keys(files).length, totalSize: sizeOf(manifest) };
  return { ...about, description, ...counted, complete: isComplete, verifiable: true, commit };
}
