import type { Commit } from './commit.ts';

/**
 * Old names of the notes that these commits brought back, less those that an undo put back where they were. Whoever brings notes
 * back must leave these out, or a fact would be there twice.
 */
export function broughtBack(commits: readonly Commit[]): ReadonlySet<string> {
  const undone = new Set(
    commits.filter(({ kind }) => kind === 'undo').flatMap(({ consumed }) => consumed.map(({ key }) => key)),
  );
  const restored = commits.flatMap((commit) => commit.restored).filter(({ key }) => !undone.has(key));
  return new Set(restored.map(({ from }) => from));
}
