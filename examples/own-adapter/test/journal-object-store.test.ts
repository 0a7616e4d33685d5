import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createOutlineConsolidator } from '@live-mem/consolidator-outline';
import { createLiveMemory, StoreRefusedError, StoreUnavailableError } from '@live-mem/core';
import { conditionalWriteContract, copyContract, objectStoreContract } from '@live-mem/core/testing';
import { type JournalObjectStore, openJournalObjectStore } from '../src/journal-object-store.ts';

let folder = '';
let opened: JournalObjectStore[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
});
afterEach(async () => {
  await Promise.all(opened.map((store) => store.close()));
  opened = [];
});
afterAll(() => rm(folder, { recursive: true }));

async function open(name: string): Promise<JournalObjectStore> {
  const store = await openJournalObjectStore(join(folder, name));
  opened.push(store);
  return store;
}

async function close(store: JournalObjectStore): Promise<void> {
  opened = opened.filter((other) => other !== store);
  await store.close();
}

const shared = () => open('contract.jsonl');

describe('the contracts of an object store', () => {
  objectStoreContract({ it }, shared);
  conditionalWriteContract({ it }, shared);
  copyContract({ it }, shared);
});

describe('a journal', () => {
  it('is read again: bodies, versions, times, and what was deleted', async () => {
    const store = await open('again.jsonl');
    await store.put('a.md', 'one');
    await store.put('a.md', 'two\nlines');
    await store.put('b.md', 'gone');
    await store.delete('b.md');
    const before = await store.getMany(['a.md', 'b.md']);
    await close(store);
    const again = await open('again.jsonl');
    expect(await again.getMany(['a.md', 'b.md'])).toEqual(before);
    await again.put('a.md', 'three', { version: before[0] && 'version' in before[0] ? before[0].version : '' });
    expect((await again.get('a.md'))?.body).toBe('three');
  });

  it('loses no more than the line that a crash cut off', async () => {
    const store = await open('torn.jsonl');
    await store.put('a.md', 'kept');
    await close(store);
    await appendFile(join(folder, 'torn.jsonl'), '{"key":"b.md","body":"cut of');
    const again = await open('torn.jsonl');
    expect(await again.get('b.md')).toBeUndefined();
    await again.put('c.md', 'next');
    await close(again);
    expect(
      (await (await open('torn.jsonl')).getMany(['a.md', 'c.md'])).map((found) => found && 'body' in found),
    ).toEqual([true, true]);
  });

  it('is refused where a line in the middle is damaged, and stays as it is', async () => {
    const file = join(folder, 'damaged.jsonl');
    await writeFile(file, '{"key":"a.md","body":"x","at":1}\n{"key":\n');
    for (const _ of ['first', 'again']) await expect(openJournalObjectStore(file)).rejects.toThrow('line 2');
    expect(await readFile(file, 'utf8')).toContain('{"key":\n');
  });

  it('belongs to one process at a time', async () => {
    const store = await open('one.jsonl');
    await expect(open('one.jsonl')).rejects.toThrow(StoreRefusedError);
    await close(store);
    await open('one.jsonl');
  });

  it('takes no more changes once one could not be written, until it is opened again', async () => {
    const store = await open('full.jsonl');
    await store.put('a.md', 'kept');
    await store.close();
    for (const body of ['x', 'y']) await expect(store.put('a.md', body)).rejects.toThrow(StoreUnavailableError);
    expect((await store.get('a.md'))?.body).toBe('kept');
  });

  it('carries a memory from one process to the next', async () => {
    const store = await open('memory.jsonl');
    const memory = createLiveMemory({ store, consolidator: createOutlineConsolidator() });
    await memory.spaces.create({ space: 'alpha' });
    await memory.notes.write({ space: 'alpha', agent: 'ann', category: 'decision', content: 'One file is enough.' });
    await memory.bank.consolidate({ space: 'alpha' });
    await close(store);
    const later = createLiveMemory({ store: await open('memory.jsonl'), consolidator: createOutlineConsolidator() });
    const { content } = await later.bank.read({ space: 'alpha', filename: 'decisions.md' });
    expect(content).toContain('One file is enough.');
  });
});
