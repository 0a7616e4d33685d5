import type { BackupId } from '../backups/backup-id.ts';
import { backupKey } from '../backups/backup-id.ts';
import type { Parts } from '../log/open-space.ts';
import { logPrefix } from '../log/space-keys.ts';
import type { ObjectKey } from '../ports/object-store.ts';
import { holdsSecret } from './clean-file.ts';
import type { Mask } from './mask.ts';

const OBJECTS_AT_ONCE = 100;
/** A commit may take 16 MiB. */
const COMMITS_AT_ONCE = 8;

/**
 * Keys of all objects of a space, and of backups, that hold the secret. Cost: a listing for every thousand objects, and a GET for each, 100
 * at once, commits 8.
 */
export async function findLeft(
  parts: Parts,
  space: string,
  backups: readonly BackupId[],
  mask: Mask,
): Promise<ObjectKey[]> {
  const left: ObjectKey[] = [];
  for (const prefix of [`${space}/`, ...backups.map((id) => backupKey(id))]) {
    for await (const keys of batchesOf(parts, space, prefix)) {
      const answers = await parts.store.getMany(keys);
      left.push(...keys.filter((key, at) => holds(mask, key, answers[at])));
    }
  }
  return left;
}

function holds(mask: Mask, key: ObjectKey, answer: Awaited<ReturnType<Parts['store']['getMany']>>[number]): boolean {
  return answer !== undefined && 'body' in answer && holdsSecret(mask, key, answer.body);
}

async function* batchesOf({ store }: Parts, space: string, prefix: string): AsyncGenerator<ObjectKey[]> {
  let [keys, room]: [ObjectKey[], number] = [[], OBJECTS_AT_ONCE];
  for await (const entry of store.list(prefix)) {
    if (!('key' in entry)) continue;
    keys.push(entry.key);
    room -= entry.key.startsWith(logPrefix(space)) ? OBJECTS_AT_ONCE / COMMITS_AT_ONCE : 1;
    if (room > 0) continue;
    yield keys;
    [keys, room] = [[], OBJECTS_AT_ONCE];
  }
  if (keys.length > 0) yield keys;
}
