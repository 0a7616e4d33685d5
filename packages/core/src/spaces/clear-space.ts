import type { Commit } from '../log/commit.ts';
import { isAlive } from '../log/existing-head.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { logPrefix } from '../log/space-keys.ts';
import { LIST_PAGE, type ObjectKey } from '../ports/object-store.ts';

/**
 * Takes away what a life that ended left under the space's folder; the log stays. Keys are listed first and deleted only if the head is
 * still the commit that ended it: what a later life writes cannot be among them, since it begins with a commit. Between the last look and
 * the deletion a later life may begin: then a document, `_meta.json` or a hint that it writes under an old key may be deleted, which
 * readers do not notice and settling mends. Notes are never hit: their names are never used twice.
 *
 * Cost: for every thousand objects a listing, the head, and a DELETE for each, side by side.
 * @param ended the head that ended the life
 * @param keep keys that stay
 * @returns how many objects were deleted
 */
export async function clearSpace(
  { store }: Parts,
  space: OpenSpace,
  ended: Commit,
  keep: (key: ObjectKey) => boolean = () => false,
): Promise<number> {
  let deleted = 0;
  let page: ObjectKey[] = [];
  async function deletePage(): Promise<boolean> {
    const head = await space.log.head();
    if (!head || isAlive(head) || head.n !== ended.n) return false;
    await store.deleteMany(page);
    deleted += page.length;
    page = [];
    return true;
  }
  for await (const entry of store.list(`${space.id}/`)) {
    if (!('key' in entry) || entry.key.startsWith(logPrefix(space.id)) || keep(entry.key)) continue;
    if (page.push(entry.key) === LIST_PAGE && !(await deletePage())) return deleted;
  }
  if (page.length > 0) await deletePage();
  return deleted;
}
