import { createHook } from 'node:async_hooks';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ListedEntry, ListOptions } from '@live-mem/core';
import { createFsObjectStore } from '../src/index.ts';
import { temporaryFolders } from './temp-folder.ts';

const newFolder = temporaryFolders();

function folderOfNotes(notes: number): string {
  const folder = newFolder();
  mkdirSync(join(folder, 'alpha/live'), { recursive: true });
  for (let n = 0; n < notes; n += 1) writeFileSync(join(folder, noteKey(n)), 'x');
  return folder;
}

function noteKey(n: number): string {
  return `alpha/live/${String(n).padStart(5, '0')}.md`;
}

/** What is listed, and how often the operating system was asked. */
async function list(folder: string, prefix: string, options: ListOptions) {
  const store = createFsObjectStore({ folder });
  let asked = 0;
  const hook = createHook({
    init(_id, type) {
      if (type === 'FSREQPROMISE') asked += 1;
    },
  }).enable();
  try {
    const found: ListedEntry[] = [];
    for await (const entry of store.list(prefix, options)) found.push(entry);
    return { found, asked };
  } finally {
    hook.disable();
  }
}

describe('a listing of a folder with 10 000 files', () => {
  const folder = folderOfNotes(10_000);

  it('looks at none but those it yields', async () => {
    const { found, asked } = await list(folder, 'alpha/live/', { startAfter: noteKey(9899), limit: 1000 });
    expect(found).toHaveLength(100);
    expect(asked).toBeLessThan(110);
  });

  it('looks at no more than the limit', async () => {
    const { found, asked } = await list(folder, 'alpha/', { limit: 3 });
    expect(found).toMatchObject([{ key: noteKey(0) }, { key: noteKey(1) }, { key: noteKey(2) }]);
    expect(asked).toBeLessThan(10);
  });

  it('looks at no file to roll them up', async () => {
    const { found, asked } = await list(folder, 'alpha/', { delimiter: '/' });
    expect(found).toEqual([{ prefix: 'alpha/live/' }]);
    expect(asked).toBeLessThan(10);
  });

  it('reads no folder that comes before', async () => {
    const { found, asked } = await list(folder, '', { startAfter: 'alpha/zzz' });
    expect([found, asked < 5]).toEqual([[], true]);
  });
});

describe('a listing', () => {
  it('leaves out folders without files, and names that are no keys', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'empty/inside'), { recursive: true });
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/latin-`), Buffer.of(0xe9)]), 'x');
    const deep = Array.from({ length: 5 }, () => 'd'.repeat(250)).join('/');
    mkdirSync(join(folder, deep), { recursive: true });
    writeFileSync(join(folder, deep, 'a.md'), 'x');
    expect((await list(folder, '', { delimiter: '/' })).found).toEqual([]);
    expect((await list(folder, '', {})).found).toEqual([]);
  });

  it.each(['../', '/', 'a//', './', 'a/../', '\0', 'a\0/'])('finds nothing under %j', async (prefix) => {
    const folder = newFolder();
    writeFileSync(join(folder, 'a.md'), 'x');
    expect((await list(join(folder, 'a'), prefix, {})).found).toEqual([]);
    expect((await list(folder, prefix, {})).found).toEqual([]);
  });
});
