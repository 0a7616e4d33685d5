import { type Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compareBytes, type ListedEntry, type ListOptions, type ObjectKey } from '@live-mem/core/store';
import { isBarred, unless } from './failures.ts';
import { OWN_FOLDER } from './own-files.ts';
import type { Places } from './places.ts';
import { modifiedAt, versionOf } from './versions.ts';

/** A path that is longer is no key: nothing could read it. */
const KEY_BYTES = 1024;

/** Files looked at side by side. */
const AT_ONCE = 64;

/** Which keys are wanted; `group` is the prefix yielded last, whose keys are passed over. */
interface Wanted {
  readonly prefix: string;
  readonly after: string;
  /** Keys that hold it after the prefix are rolled up; empty: none. */
  readonly delimiter: string;
  group: string | undefined;
}

/** Lists the keys of a folder in byte order. Folders are read when they are come to, and only files it yields are looked at. */
export async function* listFolder(
  folder: string,
  places: Places,
  prefix: string,
  { startAfter = '', delimiter = '', limit = Number.POSITIVE_INFINITY }: ListOptions,
): AsyncGenerator<ListedEntry> {
  let [left, waiting]: [number, (ListedEntry | ObjectKey)[]] = [limit, []];
  if (left <= 0) return;
  const wanted = { prefix, after: startAfter, delimiter, group: undefined };
  for await (const entry of entries(folder, places, wanted)) {
    waiting.push(entry);
    if (waiting.length < Math.min(left, AT_ONCE)) continue;
    const found = await lookAt(folder, waiting);
    yield* found;
    [left, waiting] = [left - found.length, []];
    if (left <= 0) return;
  }
  yield* await lookAt(folder, waiting);
}

async function* entries(folder: string, places: Places, wanted: Wanted): AsyncGenerator<ListedEntry | ObjectKey> {
  const start = wanted.prefix.slice(0, wanted.prefix.lastIndexOf('/') + 1);
  const place = await places.ofFolder(start);
  if (place?.holds !== 'folder') return;
  for await (const key of keysIn(folder, start, wanted)) {
    const at = delimiterIn(key, wanted);
    if (at < 0) yield key;
    else {
      wanted.group = key.slice(0, at + wanted.delimiter.length);
      // As on S3, a group that does not come after `startAfter` is left out, even where some of its keys do.
      if (compareBytes(wanted.group, wanted.after) > 0) yield { prefix: wanted.group };
    }
  }
}

/** Where a key is rolled up; -1: it is not. */
function delimiterIn(key: ObjectKey, { delimiter, prefix }: Wanted): number {
  return delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
}

async function* keysIn(folder: string, above: string, wanted: Wanted): AsyncGenerator<ObjectKey> {
  const found = await entriesIn(join(folder, above), delimiterIn(above, wanted) >= 0);
  if (found === 'barred') {
    yield above;
    return;
  }
  const steps = found.map((entry) => stepOf(above, entry)).filter((step) => step !== undefined);
  const inReach = steps.filter((step) => isWanted(step, wanted));
  for (const step of inReach.toSorted(compareBytes)) {
    if (wanted.group !== undefined && step.startsWith(wanted.group)) continue;
    if (step.endsWith('/')) yield* keysIn(folder, step, wanted);
    else yield step;
  }
}

/**
 * What is in a folder. One that this user may not read is no empty one: where all its keys would be rolled up into one group, the
 * group is there; where the keys themselves are wanted, none may be lost without a word.
 */
async function entriesIn(path: string, isRolledUp: boolean): Promise<readonly Dirent[] | 'barred'> {
  try {
    return (await unless(['ENOENT'], readdir(path, { withFileTypes: true }))) ?? [];
  } catch (error) {
    if (isRolledUp && isBarred(error)) return 'barred';
    throw error;
  }
}

/** A folder's step ends in a slash, so that it is sorted where its keys are: `a.md` comes before `a/b.md`, `a0.md` after. */
function stepOf(above: string, entry: Dirent): string | undefined {
  if (Buffer.byteLength(above) + Buffer.byteLength(entry.name) > KEY_BYTES) return undefined;
  if (entry.isDirectory()) return above === '' && entry.name === OWN_FOLDER ? undefined : `${above}${entry.name}/`;
  return entry.isFile() ? above + entry.name : undefined;
}

function isWanted(step: string, { prefix, after }: Wanted): boolean {
  if (!step.startsWith(prefix)) return false;
  return compareBytes(step, after) > 0 || (step.endsWith('/') && after.startsWith(step));
}

async function lookAt(folder: string, waiting: readonly (ListedEntry | ObjectKey)[]): Promise<ListedEntry[]> {
  const found = await Promise.all(waiting.map(async (entry) => describe(folder, entry)));
  return found.filter((entry) => entry !== undefined);
}

/** Undefined where the file is gone by now, or its name is not UTF-8 and leads nowhere. */
async function describe(folder: string, entry: ListedEntry | ObjectKey): Promise<ListedEntry | undefined> {
  if (typeof entry !== 'string') return entry;
  const stat = await unless(['ENOENT', 'ENOTDIR'], lstat(join(folder, entry), { bigint: true }));
  if (!stat?.isFile()) return undefined;
  return { key: entry, size: Number(stat.size), version: versionOf(stat), modifiedAt: modifiedAt(stat) };
}
