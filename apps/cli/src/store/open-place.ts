import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { ObjectStore } from '@live-mem/core';
import type { Settings } from '@live-mem/wiring';
import { CommandError } from '../command-error.ts';
import type { Session } from '../session.ts';

/** A store that a command line names. */
export interface Place {
  readonly store: ObjectStore;
  /** Absolute; undefined: it is no folder. */
  readonly folder: string | undefined;
}

/** Which of two places, as the option names it. */
export type Side = 'from' | 'to';

/**
 * Opens the store that a name stands for: a folder, or a file of settings, of which only what it says counts, not the environment.
 * @param name undefined: the store of the settings in force
 * @throws {@link CommandError} there is nothing of that name, unless a new folder may be meant
 * @throws {@link SettingsError} the file is wrong
 */
export async function openPlace(session: Session, name: string | undefined, side: Side): Promise<Place> {
  if (name === undefined) {
    const { store, settings } = await session.open();
    return { store, folder: folderOf(settings) };
  }
  const { folder } = session.io;
  const path = resolve(folder, name);
  const kind = await kindOf(path);
  if (kind === undefined && (side === 'from' || isSettingsName(path))) throw notThere(name, side);
  const { openStore, readSettings, readSettingsFile } = await import('@live-mem/wiring');
  const variables = { LIVE_MEM_DATA: path, LIVE_MEM_STORE: 'folder' };
  const settings = kind === 'file' ? await readSettingsFile(name, folder) : readSettings({ variables, folder });
  return { store: await openStore(settings), folder: folderOf(settings) };
}

function folderOf({ store }: Settings): string | undefined {
  return store.kind === 'folder' ? store.folder : undefined;
}

async function kindOf(path: string): Promise<'folder' | 'file' | undefined> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new CommandError('PLACE_UNUSABLE', `${path} cannot be used (${code})`, { cause });
  }
}

/** Nobody calls a folder so; else a mistyped name would become one. */
function isSettingsName(path: string): boolean {
  return path.endsWith('.env') || basename(path).startsWith('.env');
}

function notThere(name: string, side: Side): CommandError {
  const wanted =
    side === 'from' ? 'a folder that is there, or a file of settings' : 'a folder, or a file of settings that is there';
  return new CommandError('NO_SUCH_PLACE', `--${side}: there is no ${name}: name ${wanted}`);
}
