import { SpaceNotFoundError } from '@live-mem/core';
import { answerOfError } from '@live-mem/tools';
import type { Composition } from '@live-mem/wiring';
import { counted } from '../ago.ts';
import { type Check, damage, fail, ok } from './check.ts';
import { examineDocuments, examineNotes } from './examine-folders.ts';
import { COPY, examineLog } from './examine-log.ts';
import { examineRecords } from './examine-records.ts';
import type { Examined } from './examined.ts';

/** Reads everything of every space: each commit, each document, each note, what is kept beside them. */
export async function examineSpaces({ memory, store, settings }: Composition): Promise<readonly Check[]> {
  const checks: Check[] = [];
  const folder = settings.store.kind === 'folder' ? settings.store.folder : undefined;
  // Not the memory's own list: a space that it cannot open is what is looked for.
  for await (const entry of store.list('', { delimiter: '/' })) {
    const space = 'prefix' in entry ? entry.prefix.slice(0, -1) : '';
    if (/^[a-zA-Z0-9][\w-]{0,63}$/.test(space))
      checks.push(...(await examineSpace({ memory, store, space, folder, part: `space ${space}` })));
  }
  return checks.length > 0 ? checks : [ok('spaces', 'none yet')];
}

async function examineSpace(examined: Examined): Promise<readonly Check[]> {
  const { space, part } = examined;
  let told = '';
  const looks: readonly (() => Promise<readonly Check[]>)[] = [
    () => examineLog(examined),
    () => examineRecords(examined),
    () => examineDocuments(examined),
    () => examineNotes(examined),
    async () => {
      told = await countsOf(examined);
      return [];
    },
  ];
  const found: Check[] = [];
  for (const look of looks) {
    try {
      found.push(...(await look()));
    } catch (error) {
      // Deleted, or a folder that is no space.
      if (error instanceof SpaceNotFoundError) return unique(found);
      found.push(checkOf(part, error));
    }
  }
  return found.length > 0 ? unique(found) : [ok(`space ${space}`, told)];
}

async function countsOf({ memory, space }: Examined): Promise<string> {
  const { live } = await memory.spaces.info({ space });
  const { documents } = await memory.bank.readAll({ space });
  return `${counted(live.count, 'live note')}, ${counted(documents.length, 'document')}`;
}

function checkOf(part: string, error: unknown): Check {
  const { message, remedy } = answerOfError(error);
  if (remedy === 'report') return damage(part, message, COPY);
  return fail(part, message, remedy === 'try-later' ? 'try again later' : 'put that right, then try again');
}

/** An object at fault is met on several ways, and told once. */
function unique(checks: readonly Check[]): Check[] {
  const known = new Map<string, Check>();
  for (const check of checks) {
    const [, key = check.detail] = /key=(.+?)(?:: |$)/.exec(check.detail) ?? [];
    if (!known.has(key)) known.set(key, check);
  }
  return [...known.values()];
}
