import { restoredName } from '../notes/note-key.ts';
import { FRONT_MATTER, noteOrUndefined } from '../notes/note-text.ts';

/**
 * A note as it is stored in another life or space: its front matter names those, all else stays byte for byte. Without front matter, or
 * with one that cannot be edited so, it stays as it is.
 */
export function noteOfLife(text: string, { life, space }: { readonly life: string; readonly space: string }): string {
  const [whole, opening = '', front = '', closing = ''] = FRONT_MATTER.exec(text) ?? [];
  if (whole === undefined) return text;
  const lineEnd = closing.startsWith('\r') ? '\r\n' : '\n';
  const kept = front.split(/\r?\n/).filter((line) => !/^(?:life|space_id)[ \t]*:/.test(line));
  const lines = [...kept, `space_id: ${JSON.stringify(space)}`, `life: ${JSON.stringify(life)}`];
  const edited = opening + lines.join(lineEnd) + closing + text.slice(whole.length);
  const [before, after] = [told(text), told(edited)];
  return before !== undefined && before === after ? edited : text;
}

/** What a note tells, but for its life; undefined: it is none. */
function told(text: string): string | undefined {
  const note = noteOrUndefined('', text);
  return note && JSON.stringify([note.timestamp, note.agent, note.category, note.tags, note.content]);
}

/**
 * Path in the backup → file name in the space, of notes: an old name may have been consumed, and is never live again. Whoever restores
 * gives the same names. No two are alike, however many notes one second has.
 * @param op of the commit that decided
 */
export function namesOfRestored(paths: readonly string[], op: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const path of paths.toSorted()) {
    const filename = path.slice(path.lastIndexOf('/') + 1);
    let name = restoredName(filename, op);
    for (let again = 1; taken.has(name); again++) name = restoredName(filename, `${op} ${again}`);
    taken.add(name);
    names.set(path, name);
  }
  return names;
}
