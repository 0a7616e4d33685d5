import { z } from 'zod';
import { SpaceNotFoundError, StoreUnavailableError, UnreadableObjectError, WriteConflictError } from '../errors.ts';
import { parseJson } from '../json.ts';
import type { Version } from '../ports/object-store.ts';
import type { Commit } from './commit.ts';
import { existingHead } from './existing-head.ts';
import type { OpenSpace, Parts } from './open-space.ts';
import { metaKey } from './space-keys.ts';

const MAX_ATTEMPTS = 20;

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

/** Hash of the token that created the space, as the registry has it; undefined where none is known. */
export function creatorOf(stored: StoredMeta | undefined): string | undefined {
  if (!stored?.meta) return undefined;
  const read = z.object({ creator_token_hash: z.string() }).safeParse(JSON.parse(stored.body));
  return read.data?.creator_token_hash;
}

/** Whether a commit changes what `_meta.json` says. */
export function movesCounters({ kind }: Commit): boolean {
  return ['create', 'restore', 'consolidate', 'gc', 'undo'].includes(kind);
}

/** `_meta.json` as it is stored; `meta` is undefined where it is damaged, and `version` where nothing could be read. */
export interface StoredMeta {
  readonly version: Version | undefined;
  readonly body: string;
  readonly meta: SpaceMeta | undefined;
}

/** `_meta.json`, or undefined where there is none. 1 GET. A damaged one is an answer: the log holds what matters. */
export async function readMeta({ store, logger }: Parts, space: OpenSpace): Promise<StoredMeta | undefined> {
  const key = metaKey(space.id);
  try {
    const stored = await store.get(key);
    return stored && { version: stored.version, body: stored.body, meta: readable(logger, key, stored.body) };
  } catch (error) {
    if (!(error instanceof UnreadableObjectError)) throw error;
    logger.warn('_meta.json cannot be read', { key });
    return { version: undefined, body: '', meta: undefined };
  }
}

/** What {@link writeMeta} goes by. */
export interface MetaSeen {
  readonly head: Commit;
  /** Not known to be settled, the oldest first. */
  readonly unsettled: readonly Commit[];
  /** `_meta.json` as it was before the head was read: who settles a newer head meanwhile is not overwritten. */
  readonly meta: StoredMeta | undefined;
}

/**
 * Brings `_meta.json` to the counters of the head, and writes it where it is missing; fields of other programs stay, and a damaged
 * one is left for a person to look at. 1 PUT where a commit not yet settled moved them, else none.
 * @returns false where somebody changed it meanwhile
 */
export async function writeMeta(
  parts: Parts,
  space: OpenSpace,
  { head, unsettled, meta: stored }: MetaSeen,
): Promise<boolean> {
  if (!unsettled.some(movesCounters) || (stored && !stored.meta)) return true;
  const body = `${JSON.stringify(metaAfter(space, head, stored?.meta), null, 2)}\n`;
  if (body === stored?.body) return true;
  try {
    const only = stored?.version === undefined ? ({ absent: true } as const) : { version: stored.version };
    await parts.store.put(metaKey(space.id), body, only);
    return true;
  } catch (error) {
    if (error instanceof WriteConflictError) return false;
    throw error;
  }
}

function metaAfter(
  space: OpenSpace,
  { totals, space: info }: Commit,
  found: SpaceMeta | undefined,
): SpaceMeta & object {
  // What an earlier life of the id left behind is not this space's.
  const known = info && found?.created_at !== info.created_at ? undefined : found;
  const { creator, ...said } = info ?? { description: '', owner: '', created_at: '' };
  return {
    space_id: space.id,
    ...said,
    ...(creator === undefined ? {} : { creator_token_hash: creator }),
    version: 1,
    ...known,
    consolidation_count: totals.consolidations,
    total_notes_processed: totals.notes,
    last_consolidation: totals.last_consolidation ?? null,
  } as SpaceMeta & object;
}

/**
 * Says something else of a space to people; what other programs keep in `_meta.json` stays. Cost: `_meta.json`, the head, 1 PUT; after a
 * lost race again.
 * @throws {@link SpaceNotFoundError} there is none, or it was deleted meanwhile
 * @throws {@link UnreadableObjectError} `_meta.json` is damaged: it stays for a person to look at
 */
export async function describeSpace(
  parts: Parts,
  space: OpenSpace,
  said: Partial<Pick<SpaceMeta, 'description' | 'owner'>>,
): Promise<void> {
  let life: string | undefined;
  for (let attempt = 1; ; attempt++) {
    // Read before the head: what a later life of the id has there by now has another version.
    const stored = await readMeta(parts, space);
    const head = await existingHead(parts, space);
    life ??= head?.life;
    if (head?.life !== life) throw new SpaceNotFoundError(space.id);
    if (stored && !stored.meta) throw new UnreadableObjectError(metaKey(space.id), 'it is no JSON object');
    const known: unknown = stored ? JSON.parse(stored.body) : head && metaAfter(space, head, undefined);
    const body = `${JSON.stringify(Object.assign({}, known, said), null, 2)}\n`;
    if (body === stored?.body || (await tellAll(parts, space, stored, { body, attempt }))) return;
  }
}

/** @returns false where it is to be tried again: others came first, or the answer was lost */
async function tellAll(
  { store }: Parts,
  space: OpenSpace,
  stored: StoredMeta | undefined,
  { body, attempt }: { readonly body: string; readonly attempt: number },
): Promise<boolean> {
  try {
    await store.put(
      metaKey(space.id),
      body,
      stored?.version === undefined ? { absent: true } : { version: stored.version },
    );
    return true;
  } catch (error) {
    const mayPass = error instanceof WriteConflictError || error instanceof StoreUnavailableError;
    if (!mayPass || attempt === MAX_ATTEMPTS) throw error;
    return false;
  }
}

function readable(logger: Parts['logger'], key: string, body: string): SpaceMeta | undefined {
  try {
    return decodeMeta(key, body);
  } catch (error) {
    if (!(error instanceof UnreadableObjectError)) throw error;
    logger.warn('_meta.json cannot be read', { key });
    return undefined;
  }
}
