import { AT_ONCE, mapAtMost } from '../concurrency.ts';
import { InvalidInputError, StoreNotEmptyError, StoreUnavailableError } from '../errors.ts';
import { LIST_PAGE, type ObjectKey, type ObjectStore } from '../ports/object-store.ts';
import { carryObject } from './carry-object.ts';
import { compareStores } from './compare-stores.ts';
import { copyOrder } from './copy-order.ts';
import { type Copying, refuseCancelled, type Todo, todoOf } from './copying.ts';
import { listObjects } from './listed-objects.ts';
import { sizeBatches } from './size-batches.ts';

const MAX_ROUNDS = 3;

/** What {@link copyStore} takes. */
export interface CopyStoreInput {
  readonly from: ObjectStore;
  readonly to: ObjectStore;
  /** Makes the target equal to the source, whatever is there: writes over what differs, deletes what the source has not. */
  readonly overwrite?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called now and then, with the objects that are dealt with and all of them. */
  readonly onProgress?: ((progress: CopyProgress) => void) | undefined;
}

/** How far a copy has come. */
export interface CopyProgress {
  readonly done: number;
  readonly total: number;
}

/** What a copy did. */
export interface StoreCopy {
  /** Where the stores are, as they say it themselves. */
  readonly from: string;
  readonly to: string;
  /** What the source holds, and its bytes. */
  readonly objects: number;
  readonly bytes: number;
  /** Objects that this run wrote, each read back. */
  readonly copied: number;
  /** Objects that were at the target before, equal to the source's. */
  readonly alreadyThere: number;
  /** Objects that were deleted at the target, since the source has not, or no longer, any of that key. */
  readonly deleted: number;
  /** Keys of objects that are no text: they are not copied. */
  readonly unreadable: readonly ObjectKey[];
  /** How often the source was gone through: it may change while it is copied. */
  readonly rounds: number;
  /** Objects whose text at the target was read and has the SHA-256 of the source's. */
  readonly verified: number;
  /** Objects of the source that still changed during the last round. */
  readonly changedMeanwhile: number;
  /** The target is equal to the source: nothing is unreadable, nothing changed meanwhile. */
  readonly complete: boolean;
}

/**
 * Copies all that is in one store into another: spaces with their history, tokens, backups. What belongs to the store itself, such as
 * what it found out about its abilities, stays behind. A copy that was broken off is simply run again: what is there and equal is left.
 * Before anything is written, all that is at the target is compared. What changes in the source meanwhile is copied in another round,
 * three in all.
 *
 * An overwriting copy that was broken off leaves a mixture of both: run it again.
 *
 * Cost: 2 probes; a listing of each store for every thousand objects, of the source once more after each round; 2 GETs for each object
 * that is at both with one size. Then for each object to copy 1 GET, 1 PUT and 1 GET that reads it back, so 3 round trips for every 32.
 * Memory: names, sizes and versions of all objects, and texts of 64 MiB at most, or the largest one.
 * @throws {@link InvalidInputError} source and target are the same place, or the source holds nothing
 * @throws {@link StoreNotEmptyError} the target holds what the source has not, and may not be overwritten; nothing was written
 * @throws {@link WriteConflictError} others write to the target
 * @throws {@link StoreUnavailableError} the source shows nothing any more: nothing was deleted for it
 * @throws {@link CancelledError} what was copied stays; run it again to go on
 */
export async function copyStore(input: CopyStoreInput): Promise<StoreCopy> {
  const { from, to, overwrite = false } = input;
  const [source, target] = await Promise.all([from.probe(), to.probe()]);
  if (from === to || source.location === target.location)
    throw refusal('to', `is the same place as the source: ${source.location}`);
  const [listed, there] = await Promise.all([listObjects(from), listObjects(to)]);
  // Most likely it is the wrong place, and overwriting would empty the target.
  if (listed.size === 0) throw refusal('from', `holds nothing to copy: ${source.location}`);
  const copying = begin(input, target, { listed, there });
  await compareStores(copying, there);
  if (!overwrite) refuseOthers(copying, todoOf(copying));
  const rounds = await copyInRounds(copying, overwrite);
  return reportOf(copying, { from: source.location, to: target.location, rounds });
}

type Listings = Readonly<Record<'listed' | 'there', Copying['listed']>>;

function begin(
  { from, to, signal, onProgress }: CopyStoreInput,
  able: Copying['able'],
  { listed, there }: Listings,
): Copying {
  const copying: Copying = {
    from,
    to,
    able,
    signal,
    listed,
    deleted: 0,
    carried: new Map(),
    unreadable: new Set(),
    atTarget: new Map([...there].map(([key, { version }]) => [key, version])),
    written: new Set(),
    tell: () =>
      onProgress?.({ done: copying.carried.size, total: Math.max(copying.carried.size, copying.listed.size) }),
  };
  return copying;
}

function refusal(at: string, message: string): InvalidInputError {
  return new InvalidInputError([{ at, message }]);
}

function refuseOthers({ atTarget }: Copying, { writes, deletes }: Todo): void {
  const differing = writes.filter((key) => atTarget.has(key));
  if (differing.length + deletes.length > 0) throw new StoreNotEmptyError(deletes, differing);
}

/** @returns how many rounds there were */
async function copyInRounds(copying: Copying, overwrite: boolean): Promise<number> {
  for (let round = 1; ; round++) {
    const { writes, deletes } = todoOf(copying);
    // What was there before and is gone from the source is not ours to delete, unless we are told so.
    const ours = overwrite ? deletes : deletes.filter((key) => copying.written.has(key));
    await copyRound(copying, { writes, deletes: ours });
    copying.listed = await listObjects(copying.from);
    refuseEmptied(copying);
    const left = todoOf(copying);
    if (round === MAX_ROUNDS || left.writes.length + left.deletes.length === 0) return round;
  }
}

/** A disk that is no longer mounted looks so, or a page that is no S3: nothing is deleted for it. */
function refuseEmptied({ listed }: Copying): void {
  if (listed.size > 0) return;
  throw new StoreUnavailableError(
    'the source shows nothing any more: look whether it is still there, then run the copy again',
  );
}

async function copyRound(copying: Copying, { writes, deletes }: Todo): Promise<void> {
  const { first, last } = copyOrder(writes, copying.listed.keys());
  for (const group of first) await carryGroup(copying, group);
  await deleteGone(copying, deletes);
  for (const group of last) await carryGroup(copying, group);
}

async function carryGroup(copying: Copying, keys: readonly ObjectKey[]): Promise<void> {
  for (const batch of sizeBatches(keys, copying.listed))
    await mapAtMost(batch, AT_ONCE, (key) => carryObject(copying, key));
}

async function deleteGone(copying: Copying, keys: readonly ObjectKey[]): Promise<void> {
  for (let at = 0; at < keys.length; at += LIST_PAGE) {
    refuseCancelled(copying);
    const some = keys.slice(at, at + LIST_PAGE);
    await copying.to.deleteMany(some);
    copying.deleted += some.length;
    for (const key of some) {
      for (const known of [copying.atTarget, copying.carried, copying.unreadable, copying.written]) known.delete(key);
    }
  }
}

function reportOf(copying: Copying, about: Pick<StoreCopy, 'from' | 'to' | 'rounds'>): StoreCopy {
  const { listed, carried, deleted, written } = copying;
  const unreadable = [...copying.unreadable].filter((key) => listed.has(key)).toSorted();
  const { writes, deletes } = todoOf(copying);
  const changedMeanwhile = writes.length + deletes.length;
  const verified = carried.size - copying.unreadable.size;
  return {
    ...about,
    objects: listed.size,
    bytes: [...listed.values()].reduce((sum, { size }) => sum + size, 0),
    copied: written.size,
    alreadyThere: verified - written.size,
    deleted,
    unreadable,
    verified,
    changedMeanwhile,
    complete: unreadable.length === 0 && changedMeanwhile === 0,
  };
}
