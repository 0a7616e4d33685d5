import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UnreadableObjectError } from '../../src/errors.ts';
import { createMemoryObjectStore } from '../../src/memory.ts';
import { compareBytes } from '../../src/ports/byte-order.ts';
import {
  conditionalWriteContract,
  createManualClock,
  objectStoreContract,
  serverSideCopyContract,
  withoutConditionalWriteContract,
} from '../../src/testing.ts';

const open = async () => createMemoryObjectStore();
const poor = async () => createMemoryObjectStore({ without: ['createIfAbsent', 'compareAndSwap'] });

describe('memory object store', () => {
  objectStoreContract({ it }, open);
  conditionalWriteContract({ it }, open);
  serverSideCopyContract({ it }, open);

  describe('without conditions', () => {
    objectStoreContract({ it }, poor);
    withoutConditionalWriteContract({ it }, poor);
  });

  describe('that can only create', () => {
    withoutConditionalWriteContract({ it }, async () => createMemoryObjectStore({ without: ['compareAndSwap'] }));
  });

  it('gives equal bodies equal versions, as S3 does', async () => {
    const store = await open();
    expect(await store.put('a', 'x')).toBe(await store.put('b', 'x'));
  });

  it('draws other versions where it is told to', async () => {
    const store = createMemoryObjectStore({ version: (bytes, writes) => `${bytes.length}-${writes}` });
    expect([await store.put('a', 'x'), await store.put('a', 'x'), await store.copy('a', 'b')]).toEqual([
      '1-0',
      '1-1',
      '1-2',
    ]);
  });

  it('keeps the time of its clock', async () => {
    const clock = createManualClock();
    const store = createMemoryObjectStore({ now: clock.now });
    await store.put('a', 'x');
    const writtenAt = clock.now();
    clock.advance(5000);
    expect(await store.get('a')).toMatchObject({ modifiedAt: writtenAt });
    expect(await store.probe()).toMatchObject({ time: writtenAt + 5000 });
  });

  it('names the object whose bytes are not UTF-8, and still reads the others', async () => {
    const store = createMemoryObjectStore();
    store.setBytes('bad', Uint8Array.of(0xff, 0x41));
    store.setBytes('good', Uint8Array.of(0x41));
    await expect(store.get('bad')).rejects.toThrow(UnreadableObjectError);
    const [bad, good] = await store.getMany(['bad', 'good']);
    expect(bad).toMatchObject({ code: 'UNREADABLE_OBJECT', key: 'bad' });
    expect(good).toMatchObject({ body: 'A' });
    await store.copy('bad', 'copy of bad');
    await expect(store.get('copy of bad')).rejects.toThrow('copy of bad');
  });

  it('sees in a page what was written before the page was asked for', async () => {
    const store = await open();
    for (let n = 0; n < 1000; n += 1) await store.put(`a${n}`, 'x');
    const seen: string[] = [];
    for await (const entry of store.list('')) {
      if (seen.length === 0) await store.put('a', 'in the page that is on its way');
      if (seen.length === 999) await store.put('b', 'in the next one, had there been one');
      if ('key' in entry) seen.push(entry.key);
    }
    expect(seen).toHaveLength(1000);
  });
});

describe('compareBytes', () => {
  it('orders texts as their bytes of UTF-8', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });
});
