import type { Commit } from './commit.ts';

/**
 * Which of some commits are undone: commit → the commit that undoes it, and is not undone itself.
 * @param commits in order, up to the head
 */
export function standingUndos(commits: readonly Pick<Commit, 'n' | 'undoes'>[]): ReadonlyMap<number, number> {
  const undone = new Map<number, number>();
  // From the newest on: whether an undo stands is decided by later ones only.
  for (const { n, undoes } of commits.toReversed()) if (undoes !== undefined && !undone.has(n)) undone.set(undoes, n);
  return undone;
}
