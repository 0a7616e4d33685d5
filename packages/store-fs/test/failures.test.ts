import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import type { link } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { StoreRefusedError, StoreUnavailableError, WriteConflictError } from '@live-mem/core';
import { withoutConditionalWriteContract } from '@live-mem/core/testing';
import { storeError } from '../src/failures.ts';
import { createStoreWith } from '../src/fs-object-store.ts';
import { createFsObjectStore } from '../src/index.ts';
import { dateNewly } from '../src/versions.ts';
import { temporaryFolders } from './temp-folder.ts';

const newFolder = temporaryFolders();

/** Where nobody can make files, not even root. */
const forbidden = process.platform === 'linux' ? ['/sys/live-mem', '/proc/live-mem'] : ['/System/live-mem'];

describe('a folder that cannot be', () => {
  it.each(forbidden)('written to (%s) is refused, with what to do', async (folder) => {
    const store = createFsObjectStore({ folder });
    for (const only of [undefined, { absent: true }] as const) {
      const refused = await store.put('alpha/a.md', 'x', only).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(StoreRefusedError);
      expect(refused).toMatchObject({ remedy: 'fix-setup', message: expect.stringContaining(folder) });
      expect(refused).toMatchObject({ message: expect.stringContaining('choose another folder') });
    }
    expect(await store.get('alpha/a.md')).toBeUndefined();
    const probe = await store.probe().catch((error: unknown) => error);
    if (probe instanceof StoreRefusedError) return;
    expect(probe).toMatchObject({ createIfAbsent: false, compareAndSwap: false });
  });

  it('one, because it is a file, is refused', async () => {
    const folder = join(newFolder(), 'file');
    writeFileSync(folder, 'x');
    const store = createFsObjectStore({ folder });
    await expect(store.put('a.md', 'x')).rejects.toThrow('is a file');
    await expect(store.get('a.md')).rejects.toThrow(StoreRefusedError);
    await expect(store.list('')[Symbol.asyncIterator]().next()).rejects.toThrow(StoreRefusedError);
  });
});

describe('a file that cannot be written whole', () => {
  it('is refused, and nothing is left of it', async () => {
    const folder = newFolder();
    await createFsObjectStore({ folder }).put('a.md', 'before');
    expect(writeUnderLimit(folder, 'a.md')).toContain('ulimit -f');
    expect((await createFsObjectStore({ folder }).get('a.md'))?.body).toBe('before');
    expect(['tmp', 'locks'].map((name) => readdirSync(join(folder, '.live-mem', name)))).toEqual([[], []]);
  });
});

/** Writes 100 kB in a process whose files may have 4 kB: as close to a full disk as one gets without one. */
function writeUnderLimit(folder: string, key: string): string {
  const script = `
    import { createFsObjectStore } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
    const store = createFsObjectStore({ folder: process.argv[1] });
    await store.put(process.argv[2], 'x'.repeat(100_000)).catch((error) => console.log(error.code, error.message));
  `;
  const node = [process.execPath, '--conditions=@live-mem/source', '--experimental-strip-types', '--no-warnings'];
  const command = ['-c', 'ulimit -f 8 && exec "$@"', 'sh', ...node, '--input-type=module', '-e', script, folder, key];
  return execFileSync('sh', command, { encoding: 'utf8' });
}

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: what the system said`), { code, syscall: 'open' });
}

describe('an error of the operating system', () => {
  it.each(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'ENAMETOOLONG', 'EFBIG', 'ENOTDIR', 'EXDEV', 'EWEIRD'])(
    '%s is refused for good, naming the folder and a remedy',
    (code) => {
      const error = storeError(failure(code), 'write', '/the/folder');
      expect(error).toBeInstanceOf(StoreRefusedError);
      expect(String(error)).toMatch(new RegExp(`could not write in the folder /the/folder \\(${code}\\): .{20}`));
      expect(String(error)).not.toContain('what the system said');
    },
  );

  it.each(['EMFILE', 'EIO', 'EAGAIN', 'ESTALE'])('%s may pass', (code) => {
    expect(storeError(failure(code), 'read', '/the/folder')).toBeInstanceOf(StoreUnavailableError);
  });

  it('is told from other errors, which stay what they are', () => {
    const own = new WriteConflictError('a');
    const bug = new TypeError('x is not a function');
    expect([storeError(own, 'write', '/'), storeError(bug, 'write', '/')]).toEqual([own, bug]);
  });
});

const unable: typeof link = () => Promise.reject(failure('EPERM'));

describe('a file system without hard links', () => {
  const folder = newFolder();
  withoutConditionalWriteContract({ it }, async () => createStoreWith({ folder }, unable));

  it('still swaps', async () => {
    const store = createStoreWith({ folder }, unable);
    expect(await store.probe()).toMatchObject({ createIfAbsent: false, compareAndSwap: true });
    const version = await store.put('a.md', '1');
    await store.put('a.md', '2', { version });
    await expect(store.put('a.md', '3', { version })).rejects.toThrow(WriteConflictError);
  });
});

describe('a file system whose dates are coarse', () => {
  it.each([1000n, 1_000_000n, 1_000_000_000n, 2_000_000_000n])(
    'still gets a later one, in steps of %d ns',
    async (step) => {
      let mtimeNs = 0n;
      const file = {
        utimes: async (_: number, seconds: number) => {
          mtimeNs = ((BigInt(Math.round(seconds * 1e6)) * 1000n) / step) * step;
        },
        stat: async () => ({ ino: 1n, size: 1n, mtimeNs }),
      };
      const now = Date.UTC(2026, 0, 1);
      for (let n = 0; n < 3; n += 1) {
        const before = mtimeNs;
        const mark = await dateNewly(file, { ino: 1n, size: 1n, mtimeNs: before }, now);
        expect(mark.mtimeNs > before).toBe(true);
      }
    },
  );
});
