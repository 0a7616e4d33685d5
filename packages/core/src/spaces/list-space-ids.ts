import type { Parts } from '../log/open-space.ts';
import { spaceId } from './space.ts';

/**
 * Ids under which something lies that may be a space. A listing of the level, for every thousand.
 * @param prefix below which to look, with a `/` at its end; absent: the top level
 */
export async function listSpaceIds({ store }: Parts, prefix = ''): Promise<string[]> {
  const ids: string[] = [];
  for await (const entry of store.list(prefix, { delimiter: '/' })) {
    const id = 'prefix' in entry ? entry.prefix.slice(prefix.length, -1) : '';
    if (spaceId.safeParse(id).success) ids.push(id);
  }
  return ids;
}
