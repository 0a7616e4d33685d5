import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { StoreUnavailableError } from '@live-mem/core';
import { createDurableFolders } from '../src/durable-folders.ts';
import { createFsObjectStore } from '../src/index.ts';
import { createKeyLocks, type KeyLocks } from '../src/key-locks.ts';
import { createOwnFiles } from '../src/own-files.ts';
import { nameOf, ownMark } from '../src/process-mark.ts';
import { ask, kill, workerStarter } from './run-worker.ts';
import { temporaryFolders } from './temp-folder.ts';

const newFolder = temporaryFolders();
const startWorker = workerStarter(new URL('worker.ts', import.meta.url));
const key = 'alpha/_meta.json';

describe('two processes with eight writers each', () => {
  it('lose none of their increments, and no reader sees half a text', async () => {
    const folder = newFolder();
    const store = createFsObjectStore({ folder, durable: false });
    await store.put(key, '0\n');
    const workers = await Promise.all([startWorker(), startWorker()]);
    const counted = Promise.all(workers.map((worker) => ask(worker, { do: 'count', folder, key, times: 10 })));
    const still = Symbol('still counting');
    let reads = 0;
    while ((await Promise.race([counted, Promise.resolve(still)])) === still) {
      const { body = '' } = (await store.get(key)) ?? {};
      const [number = '', text = ''] = body.split('\n');
      const letter = String.fromCodePoint(97 + (Number(number) % 26));
      expect(text === letter.repeat((Number(number) * 997) % 20_000)).toBe(true);
      reads += 1;
    }
    expect(await counted).toEqual([{ answer: expect.any(Number) }, { answer: expect.any(Number) }]);
    expect(reads).toBeGreaterThan(0);
    expect((await store.get(key))?.body).toMatch(/^160\n/);
    expect(leftIn(folder)).toEqual([]);
  }, 60_000);

  it('claim each of two hundred names once', async () => {
    const folder = newFolder();
    const keys = Array.from({ length: 200 }, (_, n) => `alpha/_commits/${String(n).padStart(10, '0')}.json`);
    const workers = await Promise.all([startWorker(), startWorker()]);
    const outcomes = await Promise.all(workers.map((worker) => ask(worker, { do: 'claim', folder, keys })));
    const won = outcomes.flatMap((outcome) => (outcome as { readonly answer: string[] }).answer);
    expect(won.map((claim) => claim.split(' ')[0]).toSorted()).toEqual(keys);
    const store = createFsObjectStore({ folder });
    const stored = await Promise.all(keys.map(async (name) => `${name} ${(await store.get(name))?.body ?? ''}`));
    expect(stored.toSorted()).toEqual(won.toSorted());
    expect(leftIn(folder)).toEqual([]);
  }, 60_000);
});

describe('another process that holds an object', () => {
  it('and is killed, is not waited for', async () => {
    const folder = newFolder();
    const worker = await startWorker();
    expect(await ask(worker, { do: 'hold', folder, key })).toBe('held');
    await kill(worker);
    await createFsObjectStore({ folder }).put(key, 'x');
    expect(leftIn(folder)).toEqual([]);
  }, 20_000);

  it('and is stopped, is waited for and then left in peace', async () => {
    const folder = newFolder();
    const worker = await startWorker();
    expect(await ask(worker, { do: 'hold', folder, key })).toBe('held');
    worker.kill('SIGSTOP');
    try {
      const store = createFsObjectStore({ folder, lockTimeout: 100 });
      await expect(store.put(key, 'x')).rejects.toThrow(StoreUnavailableError);
      expect(await store.get(key)).toBeUndefined();
      await store.put('alpha/other.md', 'x');
    } finally {
      await kill(worker);
    }
  }, 20_000);

  it('and runs in another container, is waited for a minute', async () => {
    const folder = newFolder();
    const locks = locksOf(folder);
    const stranger = nameOf({ pid: 1, start: '1', place: 'elsewhere' }, 'x');
    let path = '';
    await locks.hold(key, async () => {
      const lock = join(folder, '.live-mem/locks', readdirSync(join(folder, '.live-mem/locks'))[0] ?? '');
      path = join(lock, stranger);
      writeFileSync(path, '');
    });
    const store = createFsObjectStore({ folder, lockTimeout: 100 });
    await expect(store.put(key, 'x')).rejects.toThrow(StoreUnavailableError);
    utimesSync(path, Date.now() / 1000 - 61, Date.now() / 1000 - 61);
    await store.put(key, 'x');
  });

  it('does not lose its lock to another store of its own process', async () => {
    const folder = newFolder();
    const locks = locksOf(folder);
    await locks.hold(key, async () => {
      await expect(createFsObjectStore({ folder, lockTimeout: 50 }).put(key, 'x')).rejects.toThrow('another process');
    });
  });
});

describe('temporary files', () => {
  it('are removed once their process has ended, and kept while it lives', async () => {
    const folder = newFolder();
    const { place } = await ownMark();
    const { pid } = spawnSync(process.execPath, ['--version']);
    const ended = nameOf({ pid, start: '1', place }, 'x');
    const reused = nameOf({ pid: process.pid, start: '1', place }, 'x');
    const living = nameOf(await ownMark(), 'x');
    mkdirSync(join(folder, '.live-mem/tmp'), { recursive: true });
    for (const name of [ended, reused, living]) writeFileSync(join(folder, '.live-mem/tmp', name), 'half a te');
    await createFsObjectStore({ folder }).put(key, 'x');
    expect(leftIn(folder)).toEqual([living]);
  });
});

function locksOf(folder: string): KeyLocks {
  const folders = createDurableFolders(folder, false);
  return createKeyLocks({ folder, ownFiles: createOwnFiles(), folders, timeout: 100 });
}

/** Lock folders and temporary files. */
function leftIn(folder: string): string[] {
  return ['tmp', 'locks'].flatMap((name) => {
    try {
      return readdirSync(join(folder, '.live-mem', name));
    } catch {
      return [];
    }
  });
}
