import { isDeepStrictEqual } from 'node:util';
import type { Snapshot } from './snapshot.ts';
import { isCommit } from './state.ts';

/** A commit that is there never changes, but that its texts may be taken out. @returns the one that did change */
export function changedCommit(before: Snapshot, after: Snapshot): string | undefined {
  if (before === after) return undefined;
  const changed = [...before.objects].find(([key, body]) => isCommit(key) && !isKept(body, after.objects.get(key)));
  return changed && `${changed[0]} was changed`;
}

const kept = new Map<string, boolean>();

function isKept(before: string, after: string | undefined): boolean {
  if (after === before || after === undefined) return after === before;
  const both = `${before}\0${after}`;
  const known = kept.get(both) ?? isDeepStrictEqual(JSON.parse(after), stubOf(before));
  kept.set(both, known);
  return known;
}

interface Texts {
  readonly docs: Readonly<Record<string, { readonly after: string | null; readonly before: unknown }>>;
  readonly consumed: readonly object[];
  readonly restored: readonly object[];
}

/** What these tests know of a stub, whatever the code under test makes of it. */
function stubOf(body: string): object {
  const commit = JSON.parse(body) as Texts;
  const docs = Object.entries(commit.docs).map(([path, { after, before }]) => [
    path,
    { after: after === null ? null : '', before, spans: [] },
  ]);
  return {
    ...commit,
    docs: Object.fromEntries(docs) as object,
    consumed: commit.consumed.map((note) => ({ ...note, text: '' })),
    restored: commit.restored.map((note) => ({ ...note, text: '' })),
    stub: true,
  };
}
