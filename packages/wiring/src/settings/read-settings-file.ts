import { resolve } from 'node:path';
import { variablesIn } from './environment.ts';
import { readSettings, type Settings } from './read-settings.ts';
import { SettingsError } from './settings-error.ts';

/**
 * The settings of one file alone, as if nothing were set in the environment: for a command that works with two of them at once.
 * @param path of the file, relative to `folder`
 * @param folder where the command runs: paths in the file start there as well, as those of `.env` do, wherever the file lies
 * @throws {@link SettingsError} it is not there, cannot be read, or is wrong; each fault names the file
 */
export async function readSettingsFile(path: string, folder: string): Promise<Settings> {
  const file = resolve(folder, path);
  const variables = await variablesIn(file, path);
  if (variables === undefined) throw new SettingsError([{ at: path, message: `is not there: ${file}` }]);
  try {
    return readSettings({ variables, folder, file });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new SettingsError(error.faults.map(({ at, message }) => ({ at: `${path}: ${at}`, message })));
  }
}
