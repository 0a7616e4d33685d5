import { LiveMemoryError, RestoreConflictError, SpaceExistsError, WriteConflictError } from '../errors.ts';
import { appendChange } from '../log/append-change.ts';
import type { Commit, RestoredBackup } from '../log/commit.ts';
import type { Draft } from '../log/compose-commit.ts';
import { isAlive } from '../log/existing-head.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { metaKey } from '../log/space-keys.ts';
import { sha256Hex } from '../text.ts';
import type { Caller } from '../tokens/caller.ts';
import { closeSpace } from '../tokens/space-access.ts';
import type { BackupProgress } from './create-backup.ts';
import { type FoundBackup, listFiles, mayLook } from './find-backup.ts';
import type { Manifest } from './manifest.ts';

/** One restore under way. */
export interface Restore {
  readonly parts: Parts;
  readonly space: OpenSpace;
  readonly found: FoundBackup;
  /** What tells this backup from any other, and from itself after a change. */
  readonly sha256: string;
  readonly actor: string;
  readonly creator?: string | undefined;
  readonly caller?: Caller | undefined;
  readonly onProgress?: ((progress: BackupProgress) => void) | undefined;
}

/** What tells a backup from others; one without a manifest is told by what lies there. At most a listing. */
export async function fingerprint(parts: Parts, { id, manifestText }: FoundBackup): Promise<string> {
  if (manifestText !== undefined) return sha256Hex(manifestText);
  const files = [...(await listFiles(parts, id))].map(([path, { size, version }]) => `${path} ${size} ${version}`);
  return sha256Hex(files.toSorted().join('\n'));
}

/**
 * The commit that says which backup the space becomes: ours, or that of somebody who restores the same one.
 * @throws {@link SpaceExistsError} {@link RestoreConflictError} the id is another space's
 */
export async function decide(restore: Restore): Promise<Commit> {
  const { parts, space, actor, found, sha256 } = restore;
  const before = await space.log.head();
  if (before && isSame(before, restore)) return before;
  await refuseTaken(restore, before);
  const isFree = async (): Promise<boolean> => (await space.log.head())?.n === before?.n;
  if (!(await closeSpace(parts, space.id, isFree))) return decidedBy(restore);
  const op = parts.newId();
  const made = await appendChange(parts, space, {
    op,
    async propose(head) {
      if (head?.n !== before?.n) return undefined;
      const restores = { backup: found.id.backup, sha256, op };
      const begun = { restores, life: parts.newId(), continues: continued(restore), ...forCreator(restore) };
      return { ...emptyDraft('restoring', actor), ...begun };
    },
  });
  return made ?? decidedBy(restore);
}

/** Whose space it is going to be is decided here too, whoever goes on. */
function forCreator({ creator }: Restore): Pick<Draft, 'space'> {
  return creator === undefined ? {} : { space: { description: '', owner: '', created_at: '', creator } };
}

/** Others came first. @throws {@link RestoreConflictError} {@link SpaceExistsError} they made something else of the id */
async function decidedBy(restore: Restore): Promise<Commit> {
  const head = await restore.space.log.head();
  if (head && isSame(head, restore)) return head;
  await refuseTaken(restore, head);
  throw new WriteConflictError(restore.space.id);
}

function isSame(head: Commit, { found, sha256 }: Restore): boolean {
  const isRestore = head.kind === 'restoring' || head.kind === 'restore';
  return isRestore && head.restores?.backup === found.id.backup && head.restores.sha256 === sha256;
}

/** Whoever may not enter the space that the other backup is of, is not told of it. */
function conflictOf({ space, caller }: Restore, { restores }: Commit): RestoreConflictError {
  const isTold = restores && mayLook(caller, restores.backup.slice(0, restores.backup.indexOf('/')));
  return new RestoreConflictError(space.id, isTold ? restores.backup : undefined);
}

async function refuseTaken(restore: Restore, head: Commit | undefined): Promise<void> {
  const { parts, space } = restore;
  if (head?.kind === 'restoring') throw conflictOf(restore, head);
  const exists = head ? isAlive(head) : (await parts.store.get(metaKey(space.id))) !== undefined;
  if (exists) throw new SpaceExistsError(space.id);
}

/** Backups of the lives it goes on from stay those of this space. */
function continued({ found, space }: Restore): readonly string[] {
  const manifest = manifestOf(found);
  if (!manifest || found.id.space !== space.id) return [];
  return [...(manifest.life === undefined ? [] : [manifest.life]), ...manifest.continues];
}

/** The head, if the restore goes on or is done. @throws {@link SpaceExistsError} {@link RestoreConflictError} {@link WriteConflictError} the space was deleted meanwhile, and perhaps made anew */
export function sameRestore(restore: Restore, head: Commit | undefined, known: Commit): Commit {
  const isSameLife = head?.life === known.life;
  if (head && isSameLife && isSame(head, restore)) return head;
  if (head && isSameLife && isAlive(head)) throw new SpaceExistsError(restore.space.id);
  if (head?.kind === 'restoring') throw conflictOf(restore, head);
  throw new WriteConflictError(restore.space.id);
}

/** Which backup it is that a commit of a restore tells of. */
export function restoresOf({ restores, op }: Commit): RestoredBackup {
  return restores ?? { backup: '', sha256: '', op };
}

/** Its manifest, where it has one that can be read. */
export function manifestOf({ manifest }: FoundBackup): Manifest | undefined {
  return manifest instanceof LiveMemoryError ? undefined : manifest;
}

/** A commit of a restore, before it says anything. */
export function emptyDraft(kind: 'restoring' | 'restore', actor: string): Draft {
  return { kind, actor, docs: new Map(), before: new Map() };
}
