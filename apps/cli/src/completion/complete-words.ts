import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { type LiveNames, wantedNames } from './wanted-names.ts';

/**
 * What the last word of a command line may become. Where the memory cannot be read, nothing: completion is never in the way.
 * @param words after the program; the last one is being typed, perhaps empty
 */
export async function completeWords(program: Command, session: Session, words: readonly string[]): Promise<string[]> {
  const { typed, names, live } = wantedNames(program, words);
  const all = [...names, ...(live ? await liveNames(session, live).catch(() => []) : [])];
  // Of a list with commas, the last one is being typed.
  const before = typed.slice(0, typed.lastIndexOf(',') + 1);
  return all.map((name) => before + name).filter((name) => name.startsWith(typed));
}

async function liveNames(session: Session, { kind, space }: LiveNames): Promise<readonly string[]> {
  if (kind === 'template') return Object.keys((await import('@live-mem/core')).rulesTemplates);
  if (kind === 'category') return (await import('@live-mem/core')).categories;
  if (kind === 'permission') return (await import('@live-mem/core')).permissions;
  const { memory } = await session.open();
  if (kind === 'backup') return (await memory.backups.list()).backups.map(({ backup }) => backup);
  if (kind === 'space') return (await memory.spaces.list()).spaces.map((info) => info.space);
  const { documents } = await memory.bank.list({ space: space ?? '' });
  return documents.map(({ filename }) => filename);
}
