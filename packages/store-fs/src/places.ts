import type { BigIntStats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { checkObjectKey, type ObjectKey, StoreRefusedError, UnreadableObjectError } from '@live-mem/core/store';
import { unless } from './failures.ts';
import { OWN_FOLDER } from './own-files.ts';
import { createTrueNames } from './true-names.ts';

/** What is where a key points to. */
export interface Place {
  readonly path: string;
  /** `lookalike`: an entry whose name differs by case or Unicode form only, on a file system that takes them for one. */
  readonly holds: 'nothing' | 'file' | 'folder' | 'file above' | 'link' | 'special' | 'lookalike';
  readonly stat?: BigIntStats;
}

/** Finds the file of a key, and nothing else. */
export interface Places {
  /**
   * @throws {@link InvalidInputError} no store holds this key
   * @throws {@link StoreRefusedError} a folder cannot hold this key, or the way to it leads over a symbolic link
   * @throws {@link UnreadableObjectError} to `read`: the file itself is a symbolic link
   */
  ofKey(key: ObjectKey, to?: 'read'): Promise<Place>;
  /** The place of a folder of keys, `a/b/`; undefined where there can be no keys. */
  ofFolder(prefix: string): Promise<Place | undefined>;
}

/** Bytes of one name at most, on every file system in common use. */
const NAME_BYTES = 255;

/** Finds the places of keys in a folder. */
export function createPlaces(folder: string): Places {
  const { isTrueName } = createTrueNames();

  async function look(steps: readonly string[]): Promise<Place> {
    const path = join(folder, ...steps);
    let [at, stat]: [string, BigIntStats | undefined] = [folder, undefined];
    for (const [depth, step] of steps.entries()) {
      at = join(at, step);
      stat = await unless(['ENOENT'], lstat(at, { bigint: true }));
      if (!stat) return { path, holds: 'nothing' };
      const holds = (await isTrueName(dirname(at), basename(at), stat)) ? kindOf(stat) : 'lookalike';
      if (holds === 'link' || holds === 'lookalike') return { path: at, holds, stat };
      if (depth < steps.length - 1 && holds !== 'folder') return { path: at, holds: 'file above' };
    }
    return stat ? { path, holds: kindOf(stat), stat } : { path, holds: 'folder' };
  }

  return {
    async ofKey(key, to) {
      checkObjectKey(key);
      const steps = key.split('/');
      const fault = faultOf(steps);
      if (fault) throw new StoreRefusedError(`a folder cannot hold this key: ${fault}: key=${key}`);
      const place = await look(steps);
      if (place.holds === 'link') {
        const why = `symbolic links are not followed: remove ${place.path}`;
        // One file that is a link says nothing of the others; a folder that is one concerns all that should be in it.
        const isItself = place.path === join(folder, ...steps);
        throw to === 'read' && isItself ? new UnreadableObjectError(key, why) : new StoreRefusedError(why);
      }
      return place;
    },
    async ofFolder(prefix) {
      const steps = prefix.split('/').slice(0, -1);
      const reachable = faultOf(steps) === undefined && !steps.some((step) => step === '.' || step === '..');
      return reachable && !prefix.includes('\0') ? look(steps) : undefined;
    },
  };
}

function faultOf(steps: readonly string[]): string | undefined {
  if (sep !== '/') return 'it needs a POSIX file system, for instance that of WSL';
  if (steps.includes('')) return 'it has an empty step between slashes';
  if (isOwnFolder(steps[0] ?? '')) return `${OWN_FOLDER} is for files that are no objects`;
  const long = steps.find((step) => Buffer.byteLength(step) > NAME_BYTES);
  return long && `a file name has at most ${NAME_BYTES} bytes`;
}

/** Also as file systems see it that fold case or ignore invisible characters. */
function isOwnFolder(step: string): boolean {
  return (
    step
      .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
      .normalize('NFKC')
      .toLowerCase() === OWN_FOLDER
  );
}

function kindOf(stat: BigIntStats): Place['holds'] {
  if (stat.isFile()) return 'file';
  if (stat.isDirectory()) return 'folder';
  return stat.isSymbolicLink() ? 'link' : 'special';
}
