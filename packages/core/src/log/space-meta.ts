import { z } from 'zod';
import { UnreadableObjectError, WriteConflictError } from '../errors.ts';
import type { StoredObject } from '../ports/object-store.ts';
import { type Commit, parseJson } from './commit.ts';
import type { OpenSpace, Parts } from './open-space.ts';
import { metaKey } from './space-keys.ts';

const metaSchema = z.looseObject({
  description: z.string().catch(''),
  owner: z.string().catch(''),
  created_at: z.string().catch(''),
  consolidation_count: z.number().int().min(0).catch(0),
  total_notes_processed: z.number().int().min(0).catch(0),
  last_consolidation: z.string().optional().catch(undefined),
});

/** `_meta.json`: for people and other programs; the log decides. Fields not named here are kept. */
export interface SpaceMeta {
  readonly description: string;
  readonly owner: string;
  readonly created_at: string;
  readonly consolidation_count: number;
  readonly total_notes_processed: number;
  readonly last_consolidation?: string | undefined;
}

/** @throws {@link UnreadableObjectError} no JSON object */
export function decodeMeta(key: string, text: string): SpaceMeta {
  const meta = metaSchema.safeParse(parseJson(key, text));
  if (!meta.success) throw new UnreadableObjectError(key, 'it is no JSON object');
  return meta.data;
}

/** Whether a commit changes what `_meta.json` counts. */
export function movesCounters({ kind, space }: Commit): boolean {
  return space !== undefined || kind === 'consolidate' || kind === 'undo';
}

export interface MetaSeen {
  readonly head: Commit;
  /** Not known to be settled, the oldest first. */
  readonly unsettled: readonly Commit[];
  /** `_meta.json` as it was before the head was read: who settles a newer head meanwhile is not overwritten. */
  readonly meta: StoredObject | undefined;
}

/**
 * Brings `_meta.json` to the counters of the head, and writes it where it is missing; fields of other programs stay. 1 PUT where a
 * commit not yet settled moved them, else none.
 * @returns false where somebody changed it meanwhile
 */
export async function writeMeta(
  parts: Parts,
  space: OpenSpace,
  { head, unsettled, meta: stored }: MetaSeen,
): Promise<boolean> {
  if (!unsettled.some(movesCounters)) return true;
  const key = metaKey(space.id);
  const created = unsettled.findLast(({ space: info }) => info)?.space;
  const found = stored ? readable(parts, key, stored.body) : undefined;
  if (stored && !found) return true;
  // What an earlier life of the id left behind is not this space's.
  const known = created && found?.created_at !== created.created_at ? undefined : found;
  const { consolidations, notes, last_consolidation } = head.totals;
  const meta = {
    space_id: space.id,
    ...(created ?? { description: '', owner: '', created_at: head.at }),
    version: 1,
    ...known,
    consolidation_count: consolidations,
    total_notes_processed: notes,
    last_consolidation: last_consolidation ?? null,
  };
  const body = `${JSON.stringify(meta, null, 2)}\n`;
  if (body === stored?.body) return true;
  try {
    await parts.store.put(key, body, stored ? { version: stored.version } : { absent: true });
    return true;
  } catch (error) {
    if (error instanceof WriteConflictError) return false;
    throw error;
  }
}

/** A damaged `_meta.json` is left for a person to look at: the log holds what matters. */
function readable(parts: Parts, key: string, body: string): SpaceMeta | undefined {
  try {
    return decodeMeta(key, body);
  } catch (error) {
    if (!(error instanceof UnreadableObjectError)) throw error;
    parts.logger.warn('_meta.json cannot be read', { key });
    return undefined;
  }
}
