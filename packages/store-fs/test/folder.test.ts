import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type ObjectStore, StoreRefusedError, UnreadableObjectError, WriteConflictError } from '@live-mem/core';
import { createFsObjectStore } from '../src/index.ts';
import { temporaryFolders } from './temp-folder.ts';

const newFolder = temporaryFolders();

function open(): { readonly folder: string; readonly store: ObjectStore } {
  const folder = newFolder();
  return { folder, store: createFsObjectStore({ folder, durable: false }) };
}

async function keys(store: ObjectStore, prefix = ''): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of store.list(prefix)) if ('key' in entry) found.push(entry.key);
  return found;
}

describe('the folder', () => {
  it('holds each object as a file of its name', async () => {
    const { folder, store } = open();
    await store.put('alpha/bank/Été & Co.md', '# Été\r\n');
    expect(readFileSync(join(folder, 'alpha/bank/Été & Co.md'), 'utf8')).toBe('# Été\r\n');
  });

  it('opens as another program has laid it out', async () => {
    const { folder, store } = open();
    mkdirSync(join(folder, 'alpha/bank'), { recursive: true });
    writeFileSync(join(folder, 'alpha/_meta.json'), '\u{feff}{}');
    writeFileSync(join(folder, 'alpha/bank/progress.md'), '# Progress\n');
    expect(await keys(store)).toEqual(['alpha/_meta.json', 'alpha/bank/progress.md']);
    expect(await store.get('alpha/_meta.json')).toMatchObject({ body: '\u{feff}{}' });
    const { version = '' } = (await store.get('alpha/bank/progress.md')) ?? {};
    await store.put('alpha/bank/progress.md', '# Done\n', { version });
    expect(readFileSync(join(folder, 'alpha/bank/progress.md'), 'utf8')).toBe('# Done\n');
  });

  it('is made at the first write, and empty before', async () => {
    const folder = join(newFolder(), 'not/yet');
    const store = createFsObjectStore({ folder });
    expect([await keys(store), await store.get('a/b.md'), await store.copy('a', 'b')]).toEqual([
      [],
      undefined,
      undefined,
    ]);
    await store.delete('a/b.md');
    expect(existsSync(folder)).toBe(false);
    await store.put('a/b.md', 'x');
    expect(await keys(store)).toEqual(['a/b.md']);
  });

  it('hides its own files, which no key reaches', async () => {
    const { folder, store } = open();
    await store.put('a.md', 'x');
    writeFileSync(join(folder, '.live-mem/tmp/secret'), 'x');
    expect(await keys(store)).toEqual(['a.md']);
    expect(await keys(store, '.live-mem/')).toEqual([]);
    for (const key of ['.live-mem', '.live-mem/tmp/secret', '.Live-Mem/tmp/secret', '.live\u200b-mem/tmp/secret']) {
      await expect(store.get(key)).rejects.toThrow(StoreRefusedError);
      await expect(store.put(key, 'x')).rejects.toThrow(StoreRefusedError);
    }
    await store.put('deeper/.live-mem/a.md', 'any other folder may have that name');
  });

  it('may be named relative to where the process runs, but must be named', async () => {
    expect((await createFsObjectStore({ folder: newFolder() }).probe()).location).toMatch(/^\//);
    expect(() => createFsObjectStore({ folder: '' })).toThrow(StoreRefusedError);
  });
});

describe('a change by hand', () => {
  it('gives the object another version', async () => {
    const { folder, store } = open();
    const version = await store.put('a.md', 'one\n');
    appendFileSync(join(folder, 'a.md'), 'two\n');
    const edited = await store.get('a.md');
    expect(edited).toMatchObject({ body: 'one\ntwo\n', version: expect.not.stringMatching(`^${version}$`) });
    await expect(store.put('a.md', 'x', { version })).rejects.toThrow(WriteConflictError);
  });

  it('of the date is not carried on', async () => {
    const { folder, store } = open();
    await store.put('a.md', '1');
    const inTenDays = Date.now() / 1000 + 864_000;
    utimesSync(join(folder, 'a.md'), inTenDays, inTenDays);
    const { version = '' } = (await store.get('a.md')) ?? {};
    const next = await store.put('a.md', '2', { version });
    expect(next).not.toBe(version);
    expect((await store.get('a.md'))?.modifiedAt).toBeLessThan(Date.now() + 1000);
  });

  it('of the permissions lasts', async () => {
    const { folder, store } = open();
    await store.put('a.md', '1');
    chmodSync(join(folder, 'a.md'), 0o600);
    await store.put('a.md', '2');
    expect(statSync(join(folder, 'a.md')).mode & 0o777).toBe(0o600);
  });

  it('that leaves bytes which are not UTF-8 is an error that names the key', async () => {
    const { folder, store } = open();
    writeFileSync(join(folder, 'latin.md'), Uint8Array.of(0xe9));
    await store.put('good.md', 'x');
    await expect(store.get('latin.md')).rejects.toThrow('key=latin.md');
    const [bad, good] = await store.getMany(['latin.md', 'good.md']);
    expect(bad).toBeInstanceOf(UnreadableObjectError);
    expect(good).toMatchObject({ body: 'x' });
  });
});

describe('a key', () => {
  it('leads over no symbolic link, neither out of the folder nor round inside', async () => {
    const { folder, store } = open();
    const outside = newFolder();
    writeFileSync(join(outside, 'secret.md'), 'secret');
    await store.put('a/b.md', 'x');
    symlinkSync(outside, join(folder, 'out'));
    symlinkSync(join(outside, 'secret.md'), join(folder, 'link.md'));
    symlinkSync('.', join(folder, 'a/round'));
    for (const key of ['out/secret.md', 'link.md', 'a/round/b.md', 'out/new.md']) {
      await expect(store.get(key)).rejects.toThrow('symbolic links');
      await expect(store.put(key, 'x')).rejects.toThrow('symbolic links');
      await expect(store.put(key, 'x', { absent: true })).rejects.toThrow('symbolic links');
      await expect(store.delete(key)).rejects.toThrow('symbolic links');
    }
    const [link, good] = await store.getMany(['link.md', 'a/b.md']);
    expect(link).toBeInstanceOf(UnreadableObjectError);
    expect(good).toMatchObject({ body: 'x' });
    expect(await keys(store)).toEqual(['a/b.md']);
    expect(await keys(store, 'out/')).toEqual([]);
    expect(readFileSync(join(outside, 'secret.md'), 'utf8')).toBe('secret');
    expect(existsSync(join(outside, 'new.md'))).toBe(false);
  });

  it('is refused where it is a folder of other keys, or below an object', async () => {
    const { store } = open();
    await store.put('a/b.md', 'x');
    await expect(store.put('a', 'x')).rejects.toThrow('it is a folder');
    await expect(store.put('a', 'x', { absent: true })).rejects.toThrow('it is a folder');
    await expect(store.put('a/b.md/c.md', 'x')).rejects.toThrow('a part of it is a file');
    await expect(store.put('a/', 'x')).rejects.toThrow('empty step');
    expect([await store.get('a'), await store.get('a/b.md/c.md')]).toEqual([undefined, undefined]);
    await store.delete('a');
    expect(await keys(store)).toEqual(['a/b.md']);
  });

  it('is refused where a name in it is longer than file systems take', async () => {
    const { store } = open();
    await store.put(`${'é'.repeat(126)}.md`, '255 bytes');
    await expect(store.put(`a/${'é'.repeat(127)}.md`, '257 bytes')).rejects.toThrow('at most 255 bytes');
  });

  it('of what is no file holds no object, and is refused', async () => {
    const { folder, store } = open();
    const socket = createServer().listen(join(folder, 'socket'));
    await once(socket, 'listening');
    expect([await store.get('socket'), await keys(store)]).toEqual([undefined, []]);
    await expect(store.put('socket', 'x')).rejects.toThrow('neither a file nor a folder');
    socket.close();
    await once(socket, 'close');
  });
});
