import { z } from 'zod';
import { AT_ONCE } from '../concurrency.ts';
import { CancelledError, WriteConflictError } from '../errors.ts';
import type { Commit } from '../log/commit.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { putIfAbsent } from '../log/put-if-absent.ts';
import { documentKey } from '../log/space-keys.ts';
import { formatInstant } from '../notes/instant.ts';
import { agentName, LIBRARY } from '../notes/note.ts';
import type { StoredObject } from '../ports/object-store.ts';
import {
  documentsOfFrozen,
  type FrozenSpace,
  NotesVanishedError,
  notesOfFrozen,
  withFrozen,
} from '../spaces/freeze-space.ts';
import { spaceDescription, spaceId } from '../spaces/space.ts';
import type { SpaceFile } from '../spaces/space-file.ts';
import { sha256Hex, utf8Length } from '../text.ts';
import { validate } from '../validate.ts';
import { type BackupId, backupIdAt, backupKey, CLAIM, DELETING, MANIFEST } from './backup-id.ts';
import { deleteFiles } from './delete-backup.ts';
import { hasFiles } from './find-backup.ts';
import { inBatches } from './in-batches.ts';
import { encodeManifest, type Manifest, type ManifestFile, sizeOf } from './manifest.ts';
import { keepNewest, type Retention } from './retention.ts';

const SECOND = 1_000;
const MAX_CLAIMS = 60;

/** What {@link CreateBackup} takes. */
export interface CreateBackupInput {
  readonly space: string;
  /** Why it is taken: one line, at most 500 characters. */
  readonly description?: string | undefined;
  /** Who asks. */
  readonly actor?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called now and then, with the files copied and all of them. */
  readonly onProgress?: ((progress: BackupProgress) => void) | undefined;
}

/** How far a backup or a restore has come. */
export interface BackupProgress {
  readonly done: number;
  readonly total: number;
}

/** A backup that was taken. */
export interface CreatedBackup {
  /** `{space}/{YYYY-MM-DDTHH-MM-SS}`. */
  readonly backup: string;
  /** The commit whose state it is; 0: the space has no log. */
  readonly commit: number;
  readonly files: number;
  /** Bytes. */
  readonly totalSize: number;
  /** Older backups that were deleted, since only so many are kept. */
  readonly deleted: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Takes a backup: the state of one commit, whatever is written meanwhile. What makes it whole, its manifest, is written last; one that was
 * broken off is told as such, and never restored. Then older ones are deleted, as {@link Retention} says.
 *
 * Cost: 1 probe; the state of the space, see {@link freezeSpace}; a listing of one entry for each id tried, and 1 PUT that claims it. For each
 * document, and `_meta.json`, a PUT; for each note a GET, 100 at once, and a PUT, or a COPY where the store copies on its side; 32 at once.
 * Then 2 GETs, 1 PUT, and what {@link keepNewest} costs.
 * @throws {@link SpaceNotFoundError}
 * @throws {@link CancelledError} by its signal, or it was deleted while it was taken
 */
export type CreateBackup = (input: CreateBackupInput) => Promise<CreatedBackup>;

const inputSchema = z.strictObject({
  space: spaceId,
  description: spaceDescription.default(''),
  actor: agentName.default(LIBRARY),
  signal: z.custom<AbortSignal>().optional(),
  onProgress: z.custom<(progress: BackupProgress) => void>().optional(),
});

type Request = z.output<typeof inputSchema>;

/** See {@link CreateBackup}. */
export function createCreateBackup(parts: Parts, retention: Retention): CreateBackup {
  return async function createBackup(input) {
    const request = validate(inputSchema, input);
    const space = parts.open(request.space);
    const { serverSideCopy } = await parts.store.probe();
    return withFrozen(parts, space, async (frozen) => {
      const claimed = await claim(parts, request.space);
      const { id } = claimed;
      const unreadable: string[] = [];
      const manifest = await copyAll(parts, frozen, id, { ...request, serverSideCopy, unreadable }).catch(
        async (error: unknown) => {
          // It begins anew under another id.
          if (error instanceof NotesVanishedError) await deleteFiles(parts, id);
          throw error;
        },
      );
      await refuseDeleted(parts, claimed);
      await parts.store.put(backupKey(id, MANIFEST), encodeManifest(manifest));
      const kept = await keepNewest(parts, space, retention);
      const files = Object.keys(manifest.files).length;
      const warnings = [...unreadable.map((name) => `${name} is no text, and not in it`), ...kept.warnings];
      return { backup: id.backup, commit: manifest.commit, files, totalSize: sizeOf(manifest), ...kept, warnings };
    });
  };
}

interface Claim {
  readonly id: BackupId;
  /** Tells whose it is. */
  readonly op: string;
}

/** An id that nobody else has; two backups may be begun in one second. */
async function claim(parts: Parts, space: string): Promise<Claim> {
  const now = await parts.storeTime();
  const op = parts.newId();
  for (let later = 0; later < MAX_CLAIMS; later++) {
    const id = backupIdAt(space, now + later * SECOND);
    if (await hasFiles(parts, id)) continue;
    const mark = backupKey(id, CLAIM);
    if (await putIfAbsent(parts.store, mark, `${JSON.stringify({ op })}\n`)) return { id, op };
    // A store that lost the answer and asked again finds our own claim in its way.
    if (isOwn(await parts.store.get(mark), op)) return { id, op };
  }
  throw new WriteConflictError(backupKey(backupIdAt(space, now)));
}

function isOwn(claimed: StoredObject | undefined, op: string): boolean {
  return claimed?.body.includes(JSON.stringify(op)) ?? false;
}

/**
 * Somebody may have deleted it meanwhile, for one that was broken off: what was copied since must not be left looking whole.
 * @throws {@link CancelledError}
 */
async function refuseDeleted(parts: Parts, { id, op }: Claim): Promise<void> {
  const marks = await parts.store.getMany([CLAIM, DELETING].map((name) => backupKey(id, name)));
  const [claimed, deleting] = marks.map((mark) => (mark && 'body' in mark ? mark : undefined));
  if (isOwn(claimed, op) && !deleting) return;
  // Under the same id, another one may be taken by now.
  if (!claimed || isOwn(claimed, op)) await deleteFiles(parts, id);
  throw new CancelledError(`backup ${id.backup} was deleted while it was taken`);
}

interface Copying extends Request {
  readonly serverSideCopy: boolean;
  /** Takes the names of notes that cannot be copied. */
  readonly unreadable: string[];
}

async function copyAll(parts: Parts, frozen: FrozenSpace, id: BackupId, request: Copying): Promise<Manifest> {
  const { head, logged, meta, documents, notes } = frozen;
  const files: Record<string, ManifestFile> = {};
  const total = documents.length + notes.length + (meta === undefined ? 0 : 1);
  for await (const batch of inBatches(allFiles(parts, frozen, request.unreadable), AT_ONCE)) {
    if (request.signal?.aborted)
      throw new CancelledError('the backup was cancelled: what was copied is told as incomplete');
    await Promise.all(batch.map((file) => copyOne(parts, frozen.space, id, file, request.serverSideCopy)));
    for (const { path, text } of batch) files[path] = { sha256: sha256Hex(text), size: utf8Length(text) };
    request.onProgress?.({ done: Object.keys(files).length, total });
  }
  return {
    format: 1,
    backup_id: id.backup,
    space_id: id.space,
    commit: logged ? head.n : 0,
    ...(logged ? { life: head.life } : {}),
    continues: head.continues ?? [],
    at: formatInstant(await parts.storeTime()),
    actor: request.actor,
    description: request.description,
    space: infoOf(head),
    totals: head.totals,
    files,
  };
}

function infoOf({ space }: Commit): Manifest['space'] {
  return {
    description: space?.description ?? '',
    owner: space?.owner ?? '',
    created_at: space?.created_at ?? '',
  };
}

async function* allFiles(parts: Parts, frozen: FrozenSpace, unreadable: string[]): AsyncGenerator<SpaceFile> {
  if (frozen.meta !== undefined) yield { path: '_meta.json', text: frozen.meta };
  yield* documentsOfFrozen(frozen);
  yield* notesOfFrozen(parts, frozen, (name) => unreadable.push(name));
}

/** Notes never change, so the store may copy them; a document may be another one by now, and is written as it was. */
async function copyOne(
  { store }: Parts,
  space: OpenSpace,
  id: BackupId,
  { path, text }: SpaceFile,
  serverSideCopy: boolean,
): Promise<void> {
  const isNote = path.startsWith('live/');
  const copied = serverSideCopy && isNote && (await store.copy(documentKey(space.id, path), backupKey(id, path)));
  if (!copied) await store.put(backupKey(id, path), text);
}
