import { describe, expect, it } from '@jest/globals';
import { UnreadableObjectError } from '../../src/errors.ts';
import { createMemoryObjectStore } from '../../src/memory.ts';
import { conditionalWriteContract, copyContract, createCountingStore, objectStoreContract } from '../../src/testing.ts';

const flush = (run: () => void) => void setImmediate(run);
const counting = () => createCountingStore(createMemoryObjectStore(), { flush });

describe('counting store', () => {
  objectStoreContract({ it }, async () => counting().store);
  conditionalWriteContract({ it }, async () => counting().store);
  copyContract({ it }, async () => counting().store);

  it('counts requests under way at once as one round trip, and a request behind another as a second', async () => {
    const { store, counts } = counting();
    await Promise.all([store.put('a', 'x'), store.put('b', 'x'), store.get('c')]);
    expect(counts()).toEqual({ requests: 3, roundTrips: 1, byOperation: { put: 2, get: 1 } });
    await store.copy('a', 'd');
    await store.delete('a');
    await store.probe();
    expect(counts()).toMatchObject({ requests: 6, roundTrips: 4 });
  });

  it('takes two chains side by side for as long as the longer one', async () => {
    const { store, counts } = counting();
    const chain = async (length: number) => {
      for (let n = 0; n < length; n += 1) await store.get('a');
    };
    await Promise.all([chain(2), chain(5)]);
    expect(counts()).toMatchObject({ requests: 7, roundTrips: 5 });
  });

  it('counts a request for each of many keys, 32 at once', async () => {
    const { store, counts, reset } = counting();
    const keys = Array.from({ length: 65 }, (_, n) => `${n}`);
    await store.getMany(keys);
    expect(counts()).toEqual({ requests: 65, roundTrips: 3, byOperation: { get: 65 } });
    reset();
    await store.deleteMany(keys.slice(0, 32));
    expect(counts()).toEqual({ requests: 32, roundTrips: 1, byOperation: { delete: 32 } });
    reset();
    await store.getMany([]);
    expect(counts()).toEqual({ requests: 0, roundTrips: 0, byOperation: {} });
  });

  it.each([
    [0, undefined, 1],
    [1, undefined, 1],
    [1000, undefined, 1],
    [1001, undefined, 2],
    [2000, undefined, 2],
    [2001, 2000, 2],
    [2001, 10, 1],
  ])('counts a listing of %d keys up to %s as %d requests', async (keys, limit, requests) => {
    const memory = createMemoryObjectStore();
    for (let n = 0; n < keys; n += 1) await memory.put(`${n}`, 'x');
    const { store, counts } = createCountingStore(memory, { flush });
    let seen = 0;
    for await (const _ of store.list('', { limit })) seen += 1;
    expect(seen).toBe(Math.min(keys, limit ?? keys));
    expect(counts()).toEqual({ requests, roundTrips: requests, byOperation: { list: requests } });
  });

  it('passes on which of many could not be read', async () => {
    const memory = createMemoryObjectStore();
    memory.setBytes('bad', Uint8Array.of(0xff));
    const { store } = createCountingStore(memory, { flush });
    expect(await store.getMany(['bad', 'none'])).toEqual([expect.any(UnreadableObjectError), undefined]);
  });
});
