import type { Parts } from '../log/open-space.ts';
import { spaceId } from './space.ts';

/** Ids under which something lies that may be a space. A listing of the top level, for every thousand. */
export async function listSpaceIds({ store }: Parts): Promise<string[]> {
  const ids: string[] = [];
  for await (const entry of store.list('', { delimiter: '/' })) {
    const id = 'prefix' in entry ? entry.prefix.slice(0, -1) : '';
    if (spaceId.safeParse(id).success) ids.push(id);
  }
  return ids;
}
