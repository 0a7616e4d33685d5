import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse } from 'dotenv';
import { type SettingFault, SettingsError } from './settings-error.ts';

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
 * @throws {@link SettingsError} the file cannot be read, holds lines that set nothing, or the one named is not there
 */
export async function readEnvironment(variables: Variables, folder: string): Promise<Environment> {
  const named = variables['LIVE_MEM_ENV_FILE'] || undefined;
  const file = resolve(folder, named ?? '.env');
  const read = await variablesIn(file, named ?? '.env');
  if (read === undefined && named !== undefined) {
    throw new SettingsError([{ at: 'LIVE_MEM_ENV_FILE', message: `names a file that is not there: ${file}` }]);
  }
  if (read === undefined) return { variables, folder };
  return { variables: { ...read, ...variables }, folder, file };
}

/**
 * What a file of settings sets; undefined where there is no such file.
 * @param name of the file, in errors
 * @throws {@link SettingsError} it cannot be read, or holds lines that set nothing
 */
export async function variablesIn(file: string, name: string): Promise<Variables | undefined> {
  const bytes = await readIfThere(file, name);
  if (bytes === undefined) return undefined;
  const text = decoded(bytes, name);
  const read = parse(text);
  const faults = faultsIn(text, read, name);
  if (faults.length > 0) throw new SettingsError(faults);
  return read;
}

async function readIfThere(file: string, name: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new SettingsError([{ at: name, message: `cannot be read: ${file} (${code ?? 'unknown'})` }], { cause });
  }
}

function decoded(bytes: Uint8Array, name: string): string {
  const text = new TextDecoder().decode(bytes);
  if (Buffer.from(text).equals(withoutMark(bytes))) return text;
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.includes('\uFFFD')) + 1;
  throw new SettingsError([{ at: `${name} line ${at}`, message: 'is not UTF-8: save the file as UTF-8' }]);
}

/** A byte order mark is no text. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** One setting, as dotenv takes it (its own expression): a name, `=` or `: `, and a value, in quotes over several lines. */
const SETTING =
  /^\s*(?:export\s+)?[\w.-]+(?:\s*=\s*?|:\s+?)(?:\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?$/gm;

/** Lines that set nothing: whoever wrote them meant something. They are not shown: they may hold a secret. */
function faultsIn(text: string, read: Readonly<Record<string, string>>, name: string): SettingFault[] {
  const rest = text.replaceAll(/\r\n?/g, '\n').replaceAll(SETTING, (set) => set.replaceAll(/[^\n]/g, ''));
  const faults = rest.split('\n').flatMap((line, at) => {
    if (line.trim() === '' || line.trim().startsWith('#')) return [];
    return [{ at: `${name} line ${at + 1}`, message: 'sets nothing: write NAME=value, or # in front of a comment' }];
  });
  if (!read['LIVE_MEM_ENV_FILE']?.trim()) return faults;
  const message = `has no effect in ${name}: set it in the environment itself, or remove the line`;
  return [...faults, { at: 'LIVE_MEM_ENV_FILE', message }];
}
