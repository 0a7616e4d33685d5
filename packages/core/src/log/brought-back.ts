import type { Commit } from './commit.ts';
import { standingUndos } from './standing-undos.ts';

/** What must be known of a commit to tell which notes came back. */
export type BringsBack = Pick<Commit, 'n' | 'undoes'> & { readonly restored: readonly { readonly from: string }[] };

/**
 * Old names of the notes that these commits brought back, less those that an undo put back where they were. Whoever brings notes
 * back must leave these out, or a fact would be there twice.
 * @param commits in order, up to the head
 */
export function broughtBack(commits: readonly BringsBack[]): ReadonlySet<string> {
  const undone = standingUndos(commits);
  return new Set(commits.filter(({ n }) => !undone.has(n)).flatMap(({ restored }) => restored.map(({ from }) => from)));
}
