/** Requests of one use case in flight at once, at most: what the stores serve well. */
export const AT_ONCE = 32;

/**
 * Does the work for every item, at most `atOnce` of them at a time; the results in the order of the items. After a failure nothing
 * more is begun.
 */
export async function mapAtMost<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  let failed = false;
  async function workOff(): Promise<void> {
    for (const [index, item] of waiting) {
      if (failed) return;
      results[index] = await work(item).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, workOff));
  return results;
}
