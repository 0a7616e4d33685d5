import { z } from 'zod';
import { UnreadableObjectError, WriteConflictError } from '../errors.ts';
import { jsonOrUndefined } from '../json.ts';
import type { Commit, SpaceInfo, Totals } from '../log/commit.ts';
import { metaKey } from '../log/space-keys.ts';
import { decodeMeta, readMeta, type SpaceMeta } from '../log/space-meta.ts';
import { manifestOf, type Restore, sameRestore } from './restoring.ts';

/** What is said of a restored space. */
export interface AboutSpace {
  readonly space: SpaceInfo;
  readonly totals: Totals;
}

/** What the backup says of the space; its creator is whoever asked for the restore. @param meta `_meta.json` of the backup */
export function aboutSpace({ found }: Restore, begun: Commit, meta: string | undefined): AboutSpace {
  const manifest = manifestOf(found);
  const said = meta === undefined ? undefined : readableMeta(meta);
  const creator = begun.space?.creator;
  const space = {
    description: said?.description ?? manifest?.space.description ?? '',
    owner: said?.owner ?? manifest?.space.owner ?? '',
    created_at: said?.created_at || manifest?.space.created_at || begun.at,
    ...(creator === undefined ? {} : { creator }),
  };
  return { space, totals: manifest?.totals ?? totalsOf(said) };
}

function totalsOf(said: SpaceMeta | undefined): Totals {
  const last = said?.last_consolidation;
  const counted = { consolidations: said?.consolidation_count ?? 0, notes: said?.total_notes_processed ?? 0 };
  return { ...counted, ...(last === undefined ? {} : { last_consolidation: last }) };
}

function readableMeta(text: string): SpaceMeta | undefined {
  try {
    return decodeMeta('_meta.json', text);
  } catch (error) {
    if (error instanceof UnreadableObjectError) return undefined;
    throw error;
  }
}

/**
 * Writes `_meta.json` of the space that is being restored, over what an earlier life left there: it has its own id and creator; what
 * other programs keep in it stays. `_meta.json`, the head, at most 1 PUT.
 */
export async function restoreMeta(
  restore: Restore,
  begun: Commit,
  meta: string | undefined,
  { space: { creator, ...said } }: AboutSpace,
): Promise<void> {
  const { parts, space } = restore;
  const text = metaOfSpace(meta, {
    space_id: space.id,
    ...said,
    ...(creator === undefined ? {} : { creator_token_hash: creator }),
  });
  const stored = await readMeta(parts, space);
  // The head after it: what is said of the space once it exists has another version.
  const head = sameRestore(restore, await space.log.head(), begun);
  if (head.kind === 'restore' || stored?.body === text) return;
  try {
    const only = stored?.version === undefined ? ({ absent: true } as const) : { version: stored.version };
    await parts.store.put(metaKey(space.id), text, only);
  } catch (error) {
    // Who restores the same backup writes the same.
    if (!(error instanceof WriteConflictError)) throw error;
  }
}

/** What `_meta.json` says of a restored space itself. Field names are the stored ones. */
interface OwnMeta {
  readonly space_id: string;
  readonly description: string;
  readonly owner: string;
  readonly created_at: string;
  readonly creator_token_hash?: string;
}

function metaOfSpace(text: string | undefined, own: OwnMeta): string {
  const fields = z.record(z.string(), z.unknown()).safeParse(jsonOrUndefined(text ?? '')).data ?? { version: 1 };
  const kept = Object.entries(fields).filter(([name]) => name !== 'creator_token_hash');
  return `${JSON.stringify({ ...Object.fromEntries(kept), ...own }, null, 2)}\n`;
}
