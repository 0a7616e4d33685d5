import { LiveMemoryError } from '../errors.ts';
import type { OpenSpace } from '../log/open-space.ts';

const COMMITS_AT_ONCE = 20;

/**
 * The number from which on all commits have their texts. Cost: the head, then a GET for each such commit that this process does not
 * remember, 20 at once.
 */
export async function keptFrom(space: OpenSpace): Promise<number> {
  const head = await space.log.head();
  for (let last = head?.n ?? 0; last > 0; last -= COMMITS_AT_ONCE) {
    for (const commit of await space.log.look(last - COMMITS_AT_ONCE + 1, last)) {
      if (!(commit instanceof LiveMemoryError) && commit.stub) return commit.n + 1;
    }
  }
  return 1;
}
