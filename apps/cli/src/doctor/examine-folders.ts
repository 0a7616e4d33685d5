import { isNoteFilename, type UnreadableNote, UnreadableObjectError } from '@live-mem/core';
import { counted } from '../ago.ts';
import { type Check, damage, named, warn } from './check.ts';
import { type Examined, isSentinel, namesUnder, readEach } from './examined.ts';

const DOCUMENT = 'save it as UTF-8 text that this user may read, or take it from a backup: live-mem backup download';
const NOTE = 'put its text right, or take it from a backup: live-mem backup download';

/** Looks at the documents as they are stored: each can be read, and nothing lies there that is none. */
export async function examineDocuments(examined: Examined): Promise<readonly Check[]> {
  const { space, part } = examined;
  const names = await namesUnder(examined, `${space}/bank/`);
  const documents = names.filter((name) => name.endsWith('.md')).map((name) => `${space}/bank/${name}`);
  const others = names.filter((name) => !name.endsWith('.md') && !isSentinel(name));
  const checks: Check[] = [];
  await readEach(examined, [...documents, `${space}/_rules.md`, `${space}/_synthesis.md`], (_, answer) => {
    if (answer instanceof UnreadableObjectError) checks.push(damage(part, answer.message, DOCUMENT));
  });
  if (others.length > 0) {
    const remedy = 'a document has a name that ends in .md: rename what should be one, keep the rest elsewhere';
    checks.push(
      warn(part, `${counted(others.length, 'file')} in bank/ that are no documents: ${named(others)}`, remedy),
    );
  }
  return checks;
}

/** Looks at the notes: each can be read, and nothing lies there that is none. */
export async function examineNotes(examined: Examined): Promise<readonly Check[]> {
  const { space, part } = examined;
  const others = (await namesUnder(examined, `${space}/live/`)).filter(
    (name) => !isNoteFilename(name) && !isSentinel(name),
  );
  const checks: Check[] = [];
  if (others.length > 0) {
    const remedy = `nobody reads them: write what they say with live-mem note write ${space}, and keep the files elsewhere`;
    checks.push(
      warn(part, `${counted(others.length, 'file')} in live/ with no name of a note: ${named(others)}`, remedy),
    );
  }
  for (const { reason } of await unreadableNotes(examined)) checks.push(damage(part, reason, NOTE));
  return checks;
}

async function unreadableNotes({ memory, space }: Examined): Promise<readonly UnreadableNote[]> {
  const unreadable: UnreadableNote[] = [];
  let cursor: string | undefined;
  do {
    const page = await memory.notes.read({ space, limit: 500, cursor });
    unreadable.push(...page.unreadable);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return unreadable;
}
