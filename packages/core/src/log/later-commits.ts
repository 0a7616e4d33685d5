import type { Commit, Span } from './commit.ts';
import type { OpenSpace } from './open-space.ts';
import type { DocumentPath } from './space-keys.ts';

/** A commit may take 16 MiB. */
const COMMITS_AT_ONCE = 20;

/** What an undo must know of a commit after the one it undoes. No texts: a long log fits into memory. */
export interface LaterCommit extends Pick<Commit, 'n' | 'kind' | 'undoes' | 'stub'> {
  /** Of the documents asked for. */
  readonly docs: Readonly<Record<DocumentPath, { readonly spans: readonly Span[] }>>;
  /** Of the documents asked for. */
  readonly bank: Readonly<Record<DocumentPath, { readonly sha256: string }>>;
  readonly consumed: readonly { readonly key: string }[];
  readonly restored: readonly { readonly key: string; readonly from: string }[];
}

/**
 * Commits `from` to `to`, both included, in order. Cost: a GET for each that this process does not remember, 20 at once.
 * @throws {@link UnreadableObjectError} one is missing or damaged
 */
export async function readLaterCommits(
  space: OpenSpace,
  { from, to }: { readonly from: number; readonly to: number },
  paths: readonly DocumentPath[],
): Promise<LaterCommit[]> {
  const later: LaterCommit[] = [];
  for (let first = from; first <= to; first += COMMITS_AT_ONCE) {
    const commits = await space.log.range(first, Math.min(first + COMMITS_AT_ONCE - 1, to));
    for (const commit of commits) later.push(withoutTexts(commit, paths));
  }
  return later;
}

function withoutTexts({ n, kind, undoes, stub, ...commit }: Commit, paths: readonly DocumentPath[]): LaterCommit {
  return {
    n,
    kind,
    undoes,
    stub,
    docs: only(commit.docs, paths, ({ spans }) => ({ spans })),
    bank: only(commit.bank, paths, ({ sha256 }) => ({ sha256 })),
    consumed: commit.consumed.map(({ key }) => ({ key })),
    restored: commit.restored.map(({ key, from }) => ({ key, from })),
  };
}

function only<Value, Result>(
  record: Readonly<Record<DocumentPath, Value>>,
  paths: readonly DocumentPath[],
  change: (value: Value) => Result,
): Record<DocumentPath, Result> {
  return Object.fromEntries(
    paths.flatMap((path) => {
      const value = record[path];
      return value === undefined ? [] : [[path, change(value)] as const];
    }),
  );
}
