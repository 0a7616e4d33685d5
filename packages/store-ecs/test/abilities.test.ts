import { describe, expect, it } from '@jest/globals';
import { type ObjectStore, StoreRefusedError } from '@live-mem/core';
import { createStoreWith } from '../src/ecs-object-store.ts';
import { allOf } from './all-of.ts';
import type { Double } from './double/double.ts';
import { doubles } from './double/start-double.ts';
import { noWait } from './no-wait.ts';
import { settingsFor } from './settings-for.ts';

const startDouble = doubles();
const WEEK = 7 * 24 * 3_600_000;

describe('what a store can do', () => {
  it('is not asked by who reads, writes and lists without conditions', async () => {
    const { double, store } = await open();
    await store.put('a.md', 'x');
    await store.get('a.md');
    await allOf(store.list(''));
    await store.delete('a.md');
    expect(double.seen).toHaveLength(4);
  });

  it('is tried once, however many ask at once, and leaves nothing but the record', async () => {
    const { double: asked, store: alone } = await open();
    await alone.put('1.md', 'x', { absent: true });
    const { double, store } = await open();
    await Promise.all([1, 2, 3].map((n) => store.put(`${n}.md`, 'x', { absent: true })));
    expect(triedIn(double)).toBe(triedIn(asked));
    double.forget();
    await store.put('4.md', 'x', { absent: true });
    expect(double.seen.map(({ operation }) => operation)).toEqual(['PUT object']);
    expect([...double.objects.keys()].filter((key) => key.startsWith('_system/'))).toEqual([
      expect.stringMatching(/^_system\/abilities\/[0-9a-f]{16}\.json$/),
    ]);
  });

  it('is read by the next process, with one GET', async () => {
    const { double, store } = await open();
    await store.probe();
    double.forget();
    await another(double).put('a.md', 'x', { absent: true });
    expect(double.seen.map(({ operation }) => operation)).toEqual(['GET object', 'PUT object']);
  });

  it('is believed for a week', async () => {
    const { double, store } = await open();
    await store.probe();
    change(double.objects, recordIn(double), { modifiedAt: Date.now() - WEEK + 60_000 });
    double.forget();
    await another(double).put('a.md', 'x', { absent: true });
    expect(triedIn(double)).toBe(0);
  });

  it.each<[string, (double: Double, key: string) => void]>([
    ['after a week', ({ objects }, key) => change(objects, key, { modifiedAt: Date.now() - WEEK })],
    [
      'where the record is damaged',
      ({ objects }, key) => change(objects, key, { body: Buffer.from('{"createIfAbsent":') }),
    ],
    [
      'where the record is of another form',
      ({ objects }, key) => change(objects, key, { body: Buffer.from('{"a":1}') }),
    ],
    ['where the record is no text', ({ objects }, key) => change(objects, key, { body: Buffer.from([0xff]) })],
  ])('is tried anew %s', async (_, spoil) => {
    const { double, store } = await open();
    await store.probe();
    spoil(double, recordIn(double));
    double.forget();
    await another(double).put('a.md', 'x', { absent: true });
    expect(triedIn(double)).toBeGreaterThan(16);
  });

  it('is tried anew under another endpoint: the bucket may have been copied', async () => {
    const { double, store } = await open();
    await store.probe();
    const elsewhere = await startDouble();
    for (const [key, object] of double.objects) elsewhere.objects.set(key, object);
    await another(elsewhere).put('a.md', 'x', { absent: true });
    expect(triedIn(elsewhere)).toBeGreaterThan(16);
  });

  it('is not remembered where it is nothing: a store may learn', async () => {
    const double = await startDouble({ ifNoneMatch: false, ifMatch: 'none' });
    const { createIfAbsent, compareAndSwap } = await another(double).probe();
    expect([createIfAbsent, compareAndSwap]).toEqual([false, false]);
    expect([...double.objects.keys()]).toEqual([]);
  });

  it('is found out of a store that looks first and writes later', async () => {
    // All eight are told to have written, as by a store that looks, and writes after all others have looked.
    const double = await startDouble();
    double.inject(({ headers, key = '' }) => {
      const isRace = double.objects.get(key)?.body.toString() === 'before the race';
      if (headers['if-match'] === undefined || !isRace) return undefined;
      return { do: 'answer', status: 200, code: '', bare: true, headers: { ETag: '"0"' } };
    });
    expect((await another(double).probe()).compareAndSwap).toBe(false);
  });

  it('is nothing for a key that may only read, and reading works', async () => {
    const double = await startDouble();
    await another(double).put('a.md', 'x');
    double.inject(({ method }) => (method === 'PUT' ? { do: 'answer', status: 403, code: 'AccessDenied' } : undefined));
    const store = another(double);
    expect(await store.probe()).toMatchObject({ createIfAbsent: false, compareAndSwap: false, serverSideCopy: false });
    expect((await store.get('a.md'))?.body).toBe('x');
    await expect(store.put('b.md', 'x', { absent: true })).rejects.toThrow(StoreRefusedError);
  });

  it.each([400, 403, 501])('is found out without a copy that is refused: %i', async (status) => {
    const double = await startDouble();
    double.inject(({ operation }) =>
      operation === 'COPY object'
        ? { do: 'answer', status, code: status === 403 ? 'AccessDenied' : 'Whatever' }
        : undefined,
    );
    const store = another(double);
    expect(await store.probe()).toMatchObject({ createIfAbsent: true, compareAndSwap: true, serverSideCopy: false });
    await store.put('a.md', 'x');
    expect(await store.copy('a.md', 'b.md')).toBeDefined();
  });

  it('is tried with the encryption that the bucket may demand', async () => {
    const double = await startDouble();
    await createStoreWith(settingsFor(double, { encryption: 'AES256' }), noWait()).probe();
    const writes = double.seen.filter(({ method }) => method === 'PUT');
    expect(writes.map(({ headers }) => headers['x-amz-server-side-encryption'])).toEqual(writes.map(() => 'AES256'));
  });

  it.each<[string, string, (method: string, isConditional: boolean) => boolean]>([
    ['a race', 'lost', (method, isConditional) => method === 'PUT' && isConditional],
    ['the record', 'missing', (method) => method === 'GET'],
  ])('is not concluded where the store failed: %s does not count as %s', async (_, __, isHit) => {
    const { double, store } = await open();
    double.inject(({ method, headers }) =>
      isHit(method, 'if-none-match' in headers || 'if-match' in headers)
        ? { do: 'answer', status: 500, code: 'InternalError' }
        : undefined,
    );
    await expect(store.put('a.md', 'x', { absent: true })).rejects.toThrow(/failed/);
    expect([...double.objects.keys()].filter((key) => key.endsWith('.json'))).toEqual([]);
    double.inject(undefined);
    expect(await store.probe()).toMatchObject({ createIfAbsent: true, compareAndSwap: true });
  });

  it('is asked again where it could not be found out', async () => {
    const { double, store } = await open();
    double.inject(({ method }) =>
      method === 'PUT' ? { do: 'answer', status: 500, code: 'InternalError' } : undefined,
    );
    await expect(store.put('a.md', 'x', { absent: true })).rejects.toThrow(/failed/);
    double.inject(undefined);
    await store.put('a.md', 'x', { absent: true });
    expect((await store.probe()).createIfAbsent).toBe(true);
  });
});

async function open(): Promise<{ readonly double: Double; readonly store: ObjectStore }> {
  const double = await startDouble();
  return { double, store: another(double) };
}

function another(double: Double): ObjectStore {
  return createStoreWith(settingsFor(double), noWait());
}

function triedIn({ seen }: Double): number {
  return seen.filter(({ method, key = '' }) => method === 'PUT' && key.startsWith('_system/abilities/')).length;
}

function recordIn({ objects }: Double): string {
  return [...objects.keys()].find((key) => key.startsWith('_system/abilities/')) ?? '';
}

function change(objects: Double['objects'], key: string, changes: Partial<ReturnType<Double['objects']['get']>>): void {
  const there = objects.get(key);
  if (there !== undefined) objects.set(key, { ...there, ...changes });
}
