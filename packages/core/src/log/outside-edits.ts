import { restoredName } from '../notes/note-key.ts';
import { broughtBack } from './brought-back.ts';
import type { Commit, RestoredNote } from './commit.ts';
import { composeCommit } from './compose-commit.ts';
import { textOf } from './document-text.ts';
import type { OpenSpace, Parts } from './open-space.ts';
import { type DocumentPath, nameOf } from './space-keys.ts';

/** A stored text that no commit knows: written by a person, or by another program. */
export interface OutsideEdit {
  readonly path: DocumentPath;
  readonly text: string;
}

interface Found {
  readonly head: Commit;
  readonly unsettled: readonly Commit[];
  readonly edits: readonly OutsideEdit[];
}

/**
 * Takes edits by hand into the log, as one commit if its number is still free. Where such an edit hid what a commit not yet
 * settled had written there, the notes that commit filed in it come back live: no fact is lost, and a warning names both.
 */
export async function commitOutsideEdits(
  parts: Parts,
  space: OpenSpace,
  { head, unsettled, edits }: Found,
): Promise<void> {
  const op = parts.newId();
  const before = new Map<DocumentPath, string>();
  for (const { path } of edits) {
    if (head.bank[path]) before.set(path, await textOf(space, head, path));
  }
  const hidden = edits.flatMap((edit) => {
    const shown = before.get(edit.path) ?? '';
    return unsettled.filter((commit) => hides(edit, shown, commit)).map((commit) => ({ edit, commit }));
  });
  const back = broughtBack(unsettled);
  const restored = hidden
    .flatMap(({ edit, commit }) => filedIn(commit, edit.path, op))
    .filter(({ from }) => !back.has(from));
  const draft = {
    kind: 'outside' as const,
    actor: 'outside',
    docs: new Map(edits.map(({ path, text }) => [path, text])),
    before,
    restored: unique(restored),
    warnings: hidden.map(
      ({ edit, commit }) =>
        `${nameOf(edit.path)} was edited outside while commit ${commit.n} changed it: the edit counts, the notes filed there are live again`,
    ),
  };
  await space.log.append(composeCommit(draft, { space, head, op, now: await parts.storeTime() }));
  parts.logger.info('edits made outside were taken into the log', {
    space: space.id,
    paths: edits.map(({ path }) => path),
  });
}

/** Whether the edit was made without seeing what the commit wrote, which the log's text still holds: then it holds none of it. */
function hides({ path, text }: OutsideEdit, shown: string, commit: Commit): boolean {
  const change = commit.docs[path];
  if (!change || typeof change.after !== 'string') return false;
  const after = new TextEncoder().encode(change.after);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const written = change.spans.map(([, , start, end]) => decoder.decode(after.slice(start, end)));
  return written.some((piece) => piece !== '' && shown.includes(piece) && !text.includes(piece));
}

function filedIn(commit: Commit, path: DocumentPath, op: string): RestoredNote[] {
  const filed = commit.consumed.filter(({ fate }) => fate.fate === 'integrated' && fate.path === path);
  return filed.map(({ key, text, fate }) => ({ key: restoredName(key, op), text, from: key, fate }));
}

function unique(notes: readonly RestoredNote[]): RestoredNote[] {
  return [...new Map(notes.map((note) => [note.key, note])).values()];
}
