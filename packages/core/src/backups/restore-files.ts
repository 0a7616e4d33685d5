import { AT_ONCE, mapAtMost } from '../concurrency.ts';
import { appendChange } from '../log/append-change.ts';
import type { Commit } from '../log/commit.ts';
import type { OpenSpace } from '../log/open-space.ts';
import { putIfAbsent } from '../log/put-if-absent.ts';
import { documentKey, metaKey } from '../log/space-keys.ts';
import type { ObjectKey } from '../ports/object-store.ts';
import { clearSpace } from '../spaces/clear-space.ts';
import { storedLength } from '../text.ts';
import { filesOfBackup } from './download-backup.ts';
import { inBatches } from './in-batches.ts';
import { aboutSpace, restoreMeta } from './restored-meta.ts';
import { namesOfRestored, noteOfLife } from './restored-notes.ts';
import { emptyDraft, type Restore, restoresOf, sameRestore } from './restoring.ts';

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
  const names = namesOfRestored(notes, restores.op);
  const planned = new Set([metaKey(space.id), ...[...names.values()].map((name) => noteKey(space, name))]);
  await clearSpace(parts, space, head, (key) => planned.has(key));
  // Else whoever reads the new life would read the log of the old ones, which may be damaged.
  await space.log.settled(head.n - 1);
  const documents = paths.filter((path) => !path.startsWith('live/') && path !== '_meta.json');
  const withDocuments = await restoreDocuments(restore, head, documents);
  if (withDocuments.kind === 'restore') return withDocuments;
  await restoreNotes(restore, withDocuments, names);
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

/** Looks again after every hundred whether somebody deleted the space: then no more is written. */
async function restoreNotes(restore: Restore, known: Commit, names: ReadonlyMap<string, string>): Promise<void> {
  const { parts, space, found, onProgress } = restore;
  let done = 0;
  for await (const batch of inBatches(filesOfBackup(parts, found, [...names.keys()]), NOTES_AT_ONCE)) {
    const { kind, life } = sameRestore(restore, await space.log.head(), known);
    if (kind === 'restore') return;
    await mapAtMost(batch, AT_ONCE, async ({ path, text }) => {
      const own = noteOfLife(text, { life, space: space.id });
      await putIfAbsent(parts.store, noteKey(space, names.get(path) ?? ''), own);
    });
    onProgress?.({ done: (done += batch.length), total: names.size });
  }
}

/** The last commit: from it on the space exists. */
async function finish(restore: Restore, known: Commit, paths: readonly string[]): Promise<Commit> {
  const { parts, space, actor } = restore;
  const meta = await metaText(restore, paths);
  const about = aboutSpace(restore, known, meta);
  await restoreMeta(restore, known, meta, about);
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
  const own = paths.filter((path) => path === '_meta.json');
  for await (const { text } of filesOfBackup(parts, found, own)) return text;
  return undefined;
}

function noteKey(space: OpenSpace, filename: string): ObjectKey {
  return documentKey(space.id, `live/${filename}`);
}
