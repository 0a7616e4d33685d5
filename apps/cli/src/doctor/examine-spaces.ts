import type { LiveMemory, UnreadableNote } from '@live-mem/core';
import { answerOfError } from '@live-mem/tools';
import type { Composition } from '@live-mem/wiring';
import { counted } from '../ago.ts';
import { type Check, fail, ok, warn } from './check.ts';

const DAMAGED = 'restore the object named from a copy, or move it out of the store';

/** Reads every note and every document of every space. */
export async function examineSpaces({ memory }: Composition): Promise<readonly Check[]> {
  const { spaces, unreadable } = await memory.spaces.list();
  const checks = unreadable.map(({ space, reason }) => fail(`space ${space}`, reason, DAMAGED));
  for (const { space } of spaces) checks.push(...(await examineSpace(memory, space)));
  return checks.length > 0 ? checks : [ok('spaces', 'none yet')];
}

async function examineSpace(memory: LiveMemory, space: string): Promise<Check[]> {
  const part = `space ${space}`;
  try {
    const { documents } = await memory.bank.readAll({ space });
    const { notes, unreadable } = await readAllNotes(memory, space);
    if (unreadable.length === 0)
      return [ok(part, `${counted(notes, 'live note')}, ${counted(documents.length, 'document')}`)];
    return unreadable.map(({ reason }) => warn(part, reason, DAMAGED));
  } catch (error) {
    return [fail(part, answerOfError(error).message, DAMAGED)];
  }
}

async function readAllNotes(
  memory: LiveMemory,
  space: string,
): Promise<{ notes: number; unreadable: UnreadableNote[] }> {
  const unreadable: UnreadableNote[] = [];
  let [notes, cursor]: [number, string | undefined] = [0, undefined];
  do {
    const page = await memory.notes.read({ space, limit: 500, cursor });
    notes += page.notes.length;
    unreadable.push(...page.unreadable);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return { notes, unreadable };
}
