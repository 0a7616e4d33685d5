import { AT_ONCE, mapAtMost } from '../concurrency.ts';
import { LiveMemoryError, WriteConflictError } from '../errors.ts';
import { appendChange } from '../log/append-change.ts';
import type { Commit, RestoredBackup, SpaceInfo, Totals } from '../log/commit.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { documentKey, metaKey } from '../log/space-keys.ts';
import { decodeMeta } from '../log/space-meta.ts';
import { formatInstant } from '../notes/instant.ts';
import { restoredName } from '../notes/note-key.ts';
import { clearSpace } from '../spaces/clear-space.ts';
import type { SpaceFile } from '../spaces/space-file.ts';
import { storedLength } from '../text.ts';
import { filesOfBackup } from './download-backup.ts';
import { metaOfSpace, noteOfLife } from './restored-texts.ts';
import { emptyDraft, manifestOf, type Restore, restoresOf, sameRestore } from './restoring.ts';

const COMMIT_BYTES = 8 * 1024 * 1024;
const NOTES_AT_ONCE = 100;

/**
 * Makes the space, from wherever the last one who restored this backup came to.
 * @param head `restoring`
 * @returns the commit from which on it exists
 */
export async function restoreFiles(restore: Restore, head: Commit, paths: readonly string[]): Promise<Commit> {
  const { parts, space } = restore;
  const restores = restoresOf(head);
  const notes = paths.filter((path) => path.startsWith('live/'));
  const planned = new Set([metaKey(space.id), ...notes.map((path) => noteKey(space, path, restores))]);
  await clearSpace(parts, space, head, (key) => planned.has(key));
  const documents = paths.filter((path) => !path.startsWith('live/') && path !== '_meta.json');
  const withDocuments = await restoreDocuments(restore, head, documents);
  if (withDocuments.kind === 'restore') return withDocuments;
  await restoreNotes(restore, withDocuments, notes);
  return finish(restore, withDocuments, paths);
}

/** As commits of at most 8 MiB; those that are there already are not made again. */
async function restoreDocuments(restore: Restore, start: Commit, paths: readonly string[]): Promise<Commit> {
  const { parts, found } = restore;
  let head = start;
  let batch = new Map<string, string>();
  let bytes = 0;
  const missing = paths.filter((path) => !head.bank[path]);
  for await (const { path, text } of filesOfBackup(parts, found, missing)) {
    const size = storedLength(text);
    if (batch.size > 0 && bytes + size > COMMIT_BYTES) {
      head = await appendDocuments(restore, head, batch);
      if (head.kind === 'restore') return head;
      [batch, bytes] = [new Map(), 0];
    }
    batch.set(path, text);
    bytes += size;
  }
  return batch.size > 0 ? appendDocuments(restore, head, batch) : head;
}

/** @returns the head after it: others who restore the same backup may have gone further */
async function appendDocuments(restore: Restore, known: Commit, docs: ReadonlyMap<string, string>): Promise<Commit> {
  const { parts, space, actor } = restore;
  const made = await appendChange(parts, space, {
    op: parts.newId(),
    async propose(head) {
      const now = sameRestore(restore, head, known);
      const missing = new Map([...docs].filter(([path]) => !now.bank[path]));
      if (now.kind === 'restore' || missing.size === 0) return undefined;
      return { ...emptyDraft('restoring', actor), docs: missing, restores: restoresOf(now) };
    },
  });
  return made ?? sameRestore(restore, await space.log.head(), known);
}

async function restoreNotes(restore: Restore, head: Commit, paths: readonly string[]): Promise<void> {
  const { parts, space, found, onProgress } = restore;
  const restores = restoresOf(head);
  let done = 0;
  for await (const batch of inBatches(filesOfBackup(parts, found, paths))) {
    await mapAtMost(batch, AT_ONCE, async ({ path, text }) => {
      const own = noteOfLife(text, { life: head.life, space: space.id });
      await putIfAbsent(parts, noteKey(space, path, restores), own);
    });
    onProgress?.({ done: (done += batch.length), total: paths.length });
  }
}

/** The last commit: from it on the space exists. */
async function finish(restore: Restore, known: Commit, paths: readonly string[]): Promise<Commit> {
  const { parts, space, actor, creator } = restore;
  const meta = await metaText(restore, paths);
  const about = await aboutSpace(restore, meta);
  const own = {
    space_id: space.id,
    created_at: about.space.created_at,
    ...(creator === undefined ? {} : { creator_token_hash: creator }),
  };
  const text = meta === undefined ? undefined : metaOfSpace(meta, own);
  if (text !== undefined) await putIfAbsent(parts, metaKey(space.id), text);
  const made = await appendChange(parts, space, {
    op: parts.newId(),
    async propose(head) {
      const now = sameRestore(restore, head, known);
      if (now.kind === 'restore') return undefined;
      return { ...emptyDraft('restore', actor), ...about, restores: restoresOf(now) };
    },
  });
  return made ?? sameRestore(restore, await space.log.head(), known);
}

async function metaText({ parts, found }: Restore, paths: readonly string[]): Promise<string | undefined> {
  for await (const { text } of filesOfBackup(
    parts,
    found,
    paths.filter((path) => path === '_meta.json'),
  ))
    return text;
  return undefined;
}

async function aboutSpace(
  { parts, found, creator }: Restore,
  meta: string | undefined,
): Promise<{ readonly space: SpaceInfo; readonly totals: Totals }> {
  const manifest = manifestOf(found);
  const said = meta === undefined ? undefined : readableMeta(meta);
  const createdAt = said?.created_at || manifest?.space.created_at || formatInstant(await parts.storeTime());
  const space = {
    description: said?.description ?? manifest?.space.description ?? '',
    owner: said?.owner ?? manifest?.space.owner ?? '',
    created_at: createdAt,
    ...(creator === undefined ? {} : { creator }),
  };
  if (manifest) return { space, totals: manifest.totals };
  const last = said?.last_consolidation ?? undefined;
  const counted = { consolidations: said?.consolidation_count ?? 0, notes: said?.total_notes_processed ?? 0 };
  return { space, totals: { ...counted, ...(last === undefined ? {} : { last_consolidation: last }) } };
}

function readableMeta(text: string): ReturnType<typeof decodeMeta> | undefined {
  try {
    return decodeMeta('_meta.json', text);
  } catch (error) {
    if (error instanceof LiveMemoryError) return undefined;
    throw error;
  }
}

function noteKey(space: OpenSpace, path: string, { op }: RestoredBackup): string {
  return documentKey(space.id, `live/${restoredName(path.slice('live/'.length), op)}`);
}

async function putIfAbsent({ store }: Parts, key: string, text: string): Promise<void> {
  try {
    await store.put(key, text, { absent: true });
  } catch (error) {
    if (!(error instanceof WriteConflictError)) throw error;
  }
}

async function* inBatches(files: AsyncIterable<SpaceFile>): AsyncGenerator<readonly SpaceFile[]> {
  let batch: SpaceFile[] = [];
  for await (const file of files) {
    if (batch.push(file) < NOTES_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
