import type { LimitFunction } from 'p-limit';

/**
 * Does the same with many, as many at once as the limit lets through. After a failure no more is begun, and what is under way is waited
 * for: whoever is told of it knows that nothing goes on behind his back.
 */
export async function sideBySide<Item, Answer>(
  limit: LimitFunction,
  items: readonly Item[],
  work: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const failures: unknown[] = [];
  async function one(item: Item, at: number): Promise<void> {
    if (failures.length > 0) return;
    try {
      answers[at] = await work(item);
    } catch (error) {
      failures.push(error);
    }
  }
  await Promise.all(items.map((item, at) => limit(() => one(item, at))));
  if (failures.length > 0) throw failures[0];
  return answers;
}
