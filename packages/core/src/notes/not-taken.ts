import { SpaceNotFoundError } from '../errors.ts';
import type { Commit } from '../log/commit.ts';
import type { OpenSpace } from '../log/open-space.ts';
import type { StoredNote } from './note.ts';

/**
 * Those of the notes that nobody consumed since they were read. Cost: the commits since, those that this process has not read.
 * @throws {@link SpaceNotFoundError} its id means another space now
 */
export async function notTaken<Taken extends Pick<StoredNote, 'filename'>>(
  space: OpenSpace,
  { since, head }: { readonly since: number; readonly head: Commit },
  batch: readonly Taken[],
): Promise<readonly Taken[]> {
  const passed = await space.log.range(since + 1, head.n);
  if (passed.some(({ kind }) => kind === 'create' || kind === 'restore')) throw new SpaceNotFoundError(space.id);
  const gone = new Set(passed.flatMap(({ consumed }) => consumed.map(({ key }) => key)));
  return batch.filter(({ filename }) => !gone.has(filename));
}
