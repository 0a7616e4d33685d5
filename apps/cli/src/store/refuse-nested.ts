import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { CommandError } from '../command-error.ts';
import type { Place } from './open-place.ts';

/**
 * A folder within the other one would be copied along with it, and show what is copied as new objects.
 * @throws {@link CommandError}
 */
export async function refuseNested(from: Place, to: Place): Promise<void> {
  if (from.folder === undefined || to.folder === undefined) return;
  const [source, target] = await Promise.all([truePath(from.folder), truePath(to.folder)]);
  if (source === target) throw new CommandError('SAME_PLACE', `--from and --to are the same folder: ${source}`);
  if (isWithin(source, target) || isWithin(target, source))
    throw new CommandError('SAME_PLACE', `one folder lies within the other: ${source} and ${target}; name two apart`);
}

function isWithin(inner: string, outer: string): boolean {
  const [first] = relative(outer, inner).split(sep);
  return first !== '..' && first !== '';
}

/** Without symbolic links, as far as the path is there. */
async function truePath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    return join(await truePath(dirname(path)), basename(path));
  }
}
