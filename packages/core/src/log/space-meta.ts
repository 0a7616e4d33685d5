import { z } from 'zod';
import { UnreadableObjectError, WriteConflictError } from '../errors.ts';
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

/**
 * Brings `_meta.json` to the counters of the head, and writes it where it is missing; fields of other programs stay. 1 GET and 1 PUT
 * where a commit not yet settled moved them, else none. Gives way to others: who settles next writes it.
 */
export async function writeMeta(
  parts: Parts,
  space: OpenSpace,
  head: Commit,
  unsettled: readonly Commit[],
): Promise<void> {
  const moved = unsettled.some(
    ({ kind, space: info }) => info !== undefined || kind === 'consolidate' || kind === 'undo',
  );
  if (!moved) return;
  const key = metaKey(space.id);
  const stored = await parts.store.get(key);
  const created = unsettled.findLast(({ space: info }) => info)?.space;
  const found = stored ? readable(parts, key, stored.body) : undefined;
  if (stored && !found) return;
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
  if (body === stored?.body) return;
  try {
    await parts.store.put(key, body, stored ? { version: stored.version } : { absent: true });
  } catch (error) {
    if (!(error instanceof WriteConflictError)) throw error;
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
