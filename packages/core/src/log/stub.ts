import type { Commit, DocumentChange } from './commit.ts';

/**
 * A commit without its texts: numbers, `op`, hashes, keys and fates stay. Of a document only is told whether it was deleted (`after` null);
 * whoever needs a text must look at `stub` first.
 */
export function stubOf(commit: Commit): Commit {
  const docs = Object.entries(commit.docs).map(([path, change]) => [path, withoutText(change)] as const);
  return {
    ...commit,
    docs: Object.fromEntries(docs),
    consumed: commit.consumed.map((note) => ({ ...note, text: '' })),
    restored: commit.restored.map((note) => ({ ...note, text: '' })),
    stub: true,
  };
}

function withoutText({ after, before }: DocumentChange): DocumentChange {
  return { after: after === null ? null : '', before, spans: [] };
}
