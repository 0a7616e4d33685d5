import { createHash } from 'node:crypto';
import { lstat, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StoreUnavailableError } from '@live-mem/core/store';
import { type DurableFolders, makeOne } from './durable-folders.ts';
import { unless } from './failures.ts';
import { OWN_FOLDER, type OwnFiles } from './own-files.ts';

/** One holder per key, among all processes of this machine. */
export interface KeyLocks {
  /**
   * Runs `action` while no one else holds the key.
   * @param action gets a check to make at the last moment before it changes anything
   * @throws {@link StoreUnavailableError} another process held the key all the time; `action` did not run
   */
  hold<Answer>(key: string, action: (stillHeld: () => Promise<void>) => Promise<Answer>): Promise<Answer>;
}

/** What locks are made of. */
export interface KeyLocksParts {
  readonly folder: string;
  readonly ownFiles: OwnFiles;
  readonly folders: DurableFolders;
  /** Milliseconds to wait for another holder. */
  readonly timeout: number;
}

/** Milliseconds after which a lock from another container or another boot counts as left behind. */
const PATIENCE = 60_000;

/**
 * A lock by presence. Whoever wants a key puts a file of its own into the key's lock folder, *then* lists the folder, and
 * holds the key if no other living process has a file there; else it takes its file away and tries again a little later.
 *
 * Safe: of two contenders, the one whose file came second lists after both files were there, so it sees the first. Only
 * files of processes that have ended are removed by others, and those will not act; one that is merely stopped keeps the
 * key. An empty lock folder is removed on release: `rmdir` fails while any file is inside, and a contender that finds the
 * folder gone before its file was made (ENOENT) makes it again, so all files that count are in one and the same folder.
 */
export function createKeyLocks({ folder, ownFiles, folders, timeout }: KeyLocksParts): KeyLocks {
  const locks = join(folder, OWN_FOLDER, 'locks');
  const queues = new Map<string, Promise<unknown>>();

  async function claim(lock: string): Promise<string | undefined> {
    const name = await ownFiles.newName();
    const mine = join(lock, name);
    await folders.make(locks);
    await createIn(lock, name);
    let alone = false;
    try {
      alone = (await ownFiles.living(lock, PATIENCE)).every((other) => other === name);
    } finally {
      if (!alone) await rm(mine, { force: true });
    }
    return alone ? mine : undefined;
  }

  async function claimInTime(lock: string, deadline: number): Promise<string> {
    for (let attempt = 0; ; attempt += 1) {
      const claimed = await claim(lock);
      if (claimed !== undefined) return claimed;
      if (performance.now() > deadline) throw heldByAnother(lock);
      // At random, or two contenders could disturb each other for ever.
      await wait(Math.random() * Math.min(50, 2 + attempt * 2));
    }
  }

  async function holdAcrossProcesses<Answer>(
    lock: string,
    deadline: number,
    action: (stillHeld: () => Promise<void>) => Promise<Answer>,
  ): Promise<Answer> {
    const claimed = await claimInTime(lock, deadline);
    try {
      return await action(async () => {
        if ((await unless(['ENOENT'], lstat(claimed))) === undefined) throw heldByAnother(lock);
      });
    } finally {
      await rm(claimed, { force: true });
      await unless(['ENOENT', 'ENOTEMPTY', 'EEXIST'], rmdir(lock));
    }
  }

  return {
    async hold(key, action) {
      const [lock, deadline] = [join(locks, lockName(key)), performance.now() + timeout];
      const before = queues.get(lock) ?? Promise.resolve();
      const held = before.then(() => holdAcrossProcesses(lock, deadline, action));
      const settled = held.catch(() => undefined);
      queues.set(lock, settled);
      try {
        return await held;
      } finally {
        if (queues.get(lock) === settled) queues.delete(lock);
      }
    },
  };
}

/** Keys that a file system might take for one another share a lock. */
function lockName(key: string): string {
  const folded = key.normalize('NFKD').toUpperCase().toLowerCase().normalize('NFKD');
  return createHash('sha256').update(folded).digest('hex');
}

async function createIn(lock: string, name: string): Promise<void> {
  const create = async (): Promise<true> => {
    await makeOne(lock);
    await writeFile(join(lock, name), '', { flag: 'wx' });
    return true;
  };
  // Whoever releases the lock may remove the folder between the two steps: rarely, and hardly fifty times in a row.
  for (let attempt = 0; attempt < 50; attempt += 1) if (await unless(['ENOENT'], create())) return;
  await create();
}

function heldByAnother(lock: string): StoreUnavailableError {
  return new StoreUnavailableError(
    `another process is writing this object and does not finish: try again later; if it is stopped, end it (lock: ${lock})`,
  );
}
