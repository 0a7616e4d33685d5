import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from '@jest/globals';
import { type ListOptions, type ObjectStore, StoreRefusedError } from '@live-mem/core';
import { createStoreWith } from '../src/ecs-object-store.ts';
import { allOf } from './all-of.ts';
import type { Double, DoubleOptions } from './double/double.ts';
import { doubles, type Fault } from './double/start-double.ts';
import { noWait } from './no-wait.ts';
import { settingsFor } from './settings-for.ts';

const startDouble = doubles();

describe('a listing', () => {
  it('goes on over pages that are shorter than asked for, and names each key once', async () => {
    const { double, store } = await filled(['a', 'b', 'c', 'd', 'e']);
    cutPages(double, 2, 2);
    expect(await namesOf(store)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(double.seen).toHaveLength(3);
  });

  it('goes on where a page failed, with the token it had', async () => {
    const { double, store } = await filled(['a', 'b', 'c']);
    const faults: Fault[] = [
      { do: 'truncate listing', entries: 1 },
      { do: 'reset', when: 'before' },
      { do: 'cut body' },
    ];
    double.inject(() => faults.shift());
    expect(await namesOf(store)).toEqual(['a', 'b', 'c']);
    const tokens = double.seen.map(({ url }) => parameter(url, 'continuation-token'));
    expect(tokens).toEqual([null, tokens[1], tokens[1], tokens[1]]);
    expect(tokens[1]).toBeTruthy();
  });

  it('asks for no more than is wanted, and for a page at a time', async () => {
    const { double, store } = await filled(['a', 'b', 'c']);
    expect(await namesOf(store, { limit: 2 })).toEqual(['a', 'b']);
    cutPages(double, 1, 1);
    for await (const _ of store.list('')) break;
    expect(double.seen.map(({ url }) => parameter(url, 'max-keys'))).toEqual(['2', '1000']);
  });

  it('starts after a name once, and goes on by token alone', async () => {
    const { double, store } = await filled(['a', 'b', 'c', 'd']);
    cutPages(double, 1, 1);
    expect(await namesOf(store, { startAfter: 'b' })).toEqual(['c', 'd']);
    expect(double.seen.map(({ url }) => parameter(url, 'start-after'))).toEqual(['b', null]);
    expect(double.seen.map(({ url }) => parameter(url, 'continuation-token') !== null)).toEqual([false, true]);
  });

  it('names a group once that comes in two pages', async () => {
    const { double, store } = await filled(['a/1', 'a/2', 'b/1', 'c'], { delimiters: false });
    cutPages(double, 1, 3);
    expect(await namesOf(store, { delimiter: 'x' })).toEqual(['a/1', 'a/2', 'b/1', 'c']);
    cutPages(double, 1, 3);
    expect(await namesOf(store, { delimiter: '/1' })).toEqual(['>a/1', 'a/2', '>b/1', 'c']);
  });

  it('rolls up itself where the store does so by a slash alone, across pages', async () => {
    const keys = ['20260101T1.md', '20260101T2.md', '20260101T3.md', '20260102T1.md', 'z.md'];
    const { double, store } = await filled(keys, { delimiters: false });
    cutPages(double, 1, 4);
    expect(await namesOf(store, { delimiter: 'T' })).toEqual(['>20260101T', '>20260102T', 'z.md']);
    expect(await namesOf(store, { delimiter: 'T', limit: 2 })).toEqual(['>20260101T', '>20260102T']);
  });

  it('gives back keys that XML and addresses have other signs for', async () => {
    const keys = ['<a>&amp;"\'', 'a b+c%20', 'caf\u00e9', 'cafe\u0301', '🧠', ']]>', ' both ends '];
    const { store } = await filled(keys);
    expect((await namesOf(store)).toSorted()).toEqual(keys.toSorted());
  });

  it.each(['', '<NextContinuationToken>same</NextContinuationToken>'])(
    'ends where the store says that it goes on, and not where: %s',
    async (token) => {
      const store = await storeOf(`<IsTruncated>true</IsTruncated>${token}`);
      await expect(namesOf(store)).rejects.toThrow(StoreRefusedError);
    },
  );

  it('gives no more than is wanted where a page holds more than was asked for', async () => {
    const store = await storeOf(
      '<IsTruncated>false</IsTruncated>' +
        ['a', 'b', 'c'].map((key) => `<Contents><Key>${key}</Key><ETag>e</ETag></Contents>`).join(''),
    );
    expect(await namesOf(store, { limit: 2 })).toEqual(['a', 'b']);
    expect(await namesOf(store)).toEqual(['a', 'b', 'c']);
  });

  it('of names with control characters there is none: they are refused before anything is asked', async () => {
    const { double, store } = await filled([]);
    for (const key of ['a\nb', 'a\tb', 'a\u001bb', 'a\u0085b', 'a\uffffb'])
      for (const asked of writing(store, key)) await expect(asked()).rejects.toThrow(/control characters/);
    expect(double.seen).toEqual([]);
    // Others may have written one all the same.
    expect(await store.getMany(['a\tb'])).toEqual([undefined]);
    await store.deleteMany(['a\tb']);
  });
});

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

/** A store that answers whatever it is asked with one page. */
async function storeOf(page: string): Promise<ObjectStore> {
  const server = createServer((_, response) => response.end(`<ListBucketResult>${page}</ListBucketResult>`));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return createStoreWith(settingsFor(await startDouble(), { endpoint }), noWait());
}

async function filled(
  keys: readonly string[],
  options: DoubleOptions = {},
): Promise<{ readonly double: Double; readonly store: ObjectStore }> {
  const double = await startDouble(options);
  const body = Buffer.from('x');
  for (const key of keys)
    double.objects.set(key, { body, contentType: 'text/plain', etag: 'e', modifiedAt: Date.now(), metadata: {} });
  return { double, store: createStoreWith(settingsFor(double), noWait()) };
}

/** Every call that would make an object of a name. */
function writing(store: ObjectStore, key: string): readonly (() => Promise<unknown>)[] {
  return [() => store.put(key, 'x'), () => store.put(key, 'x', { absent: true }), () => store.copy('b', key)];
}

/** So many pages of so many entries; the next is as long as it is asked for. */
function cutPages(double: Double, entries: number, pages: number): void {
  let left = pages;
  double.inject(() => (left-- > 0 ? { do: 'truncate listing', entries } : undefined));
}

async function namesOf(store: ObjectStore, options: ListOptions = {}): Promise<string[]> {
  const entries = await allOf(store.list('', options));
  return entries.map((entry) => ('key' in entry ? entry.key : `>${entry.prefix}`));
}

function parameter(url: string, name: string): string | null {
  return new URL(url, 'http://double').searchParams.get(name);
}
