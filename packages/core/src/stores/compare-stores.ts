import { AT_ONCE, mapAtMost } from '../concurrency.ts';
import { UnreadableObjectError } from '../errors.ts';
import type { ObjectKey } from '../ports/object-store.ts';
import { sha256Hex } from '../text.ts';
import { isText } from './carry-object.ts';
import { type Copying, refuseCancelled } from './copying.ts';
import type { ListedFacts } from './listed-objects.ts';
import { sizeBatches } from './size-batches.ts';

/**
 * Finds what is at the target already and equal. Objects of one key and different sizes differ; of the others both texts are read.
 * Cost: 2 GETs side by side for each pair of one size, 32 pairs at once.
 */
export async function compareStores(copying: Copying, there: ReadonlyMap<ObjectKey, ListedFacts>): Promise<void> {
  const { listed } = copying;
  const pairs = [...listed].filter(([key, { size }]) => there.get(key)?.size === size).map(([key]) => key);
  for (const batch of sizeBatches(pairs, listed)) await mapAtMost(batch, AT_ONCE, (key) => compareOne(copying, key));
}

async function compareOne(copying: Copying, key: ObjectKey): Promise<void> {
  refuseCancelled(copying);
  const { from, to, listed, carried, unreadable, atTarget } = copying;
  const [[ours], [theirs]] = await Promise.all([from.getMany([key]), to.getMany([key])]);
  if (ours instanceof UnreadableObjectError && theirs instanceof UnreadableObjectError) {
    unreadable.add(key);
    carried.set(key, listed.get(key)?.version ?? '');
    // Nobody can tell whether it is the same: it is neither written over nor deleted.
    atTarget.delete(key);
  } else if (isText(ours) && isText(theirs) && sha256Hex(ours.body) === sha256Hex(theirs.body)) {
    carried.set(key, ours.version);
    atTarget.set(key, theirs.version);
  }
  copying.tell();
}
