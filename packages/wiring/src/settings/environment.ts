import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse } from 'dotenv';
import { SettingsError } from './settings-error.ts';

/** Variables as a process has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The variables of the process and those of the file of settings, which the process wins over. */
export interface Environment {
  readonly variables: Variables;
  /** Where the process runs: paths in settings start there. */
  readonly folder: string;
  /** The file that was read, where there is one. */
  readonly file?: string | undefined;
}

/**
 * Reads the file of settings: `.env` where the process runs, or the one that LIVE_MEM_ENV_FILE names.
 * @throws {@link SettingsError} the file cannot be read, or the one named is not there
 */
export async function readEnvironment(variables: Variables, folder: string): Promise<Environment> {
  const named = variables['LIVE_MEM_ENV_FILE'] || undefined;
  const file = resolve(folder, named ?? '.env');
  const text = await readIfThere(file);
  if (text === undefined && named !== undefined) {
    throw new SettingsError([{ at: 'LIVE_MEM_ENV_FILE', message: `names a file that is not there: ${file}` }]);
  }
  if (text === undefined) return { variables, folder };
  const { LIVE_MEM_ENV_FILE: _, ...read } = parse(text);
  return { variables: { ...read, ...variables }, folder, file };
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new SettingsError([{ at: '.env', message: `cannot be read: ${file} (${code ?? 'unknown'})` }], { cause });
  }
}
