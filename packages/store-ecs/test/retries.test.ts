import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { type ObjectStore, StoreRefusedError, StoreUnavailableError } from '@live-mem/core';
import { AdaptiveRetryStrategy } from '@smithy/core/retry';
import { createClient } from '../src/client.ts';
import { createStoreWith } from '../src/ecs-object-store.ts';
import { createEcsObjectStore } from '../src/index.ts';
import { allOf } from './all-of.ts';
import type { Double } from './double/double.ts';
import { doubles, type Fault } from './double/start-double.ts';
import { noWait } from './no-wait.ts';
import { settingsFor } from './settings-for.ts';

const startDouble = doubles();
const HOUR = 3_600_000;

describe('a request that may pass', () => {
  it.each([429, 500, 502, 503, 504])('is made three times and no more: %i', async (status) => {
    const double = await startDouble();
    const store = createStoreWith(settingsFor(double), noWait());
    double.inject(() => ({ do: 'answer', status, code: 'Whatever' }));
    await expect(store.get('a.md')).rejects.toThrow(StoreUnavailableError);
    await expect(store.put('a.md', 'x')).rejects.toThrow(StoreUnavailableError);
    expect(double.seen.length).toBe(6);
  });

  it.each([400, 403, 404, 405])('and one that will not, is made once: %i', async (status) => {
    const double = await startDouble();
    const store = createStoreWith(settingsFor(double), noWait());
    double.inject(() => ({ do: 'answer', status, code: 'Whatever' }));
    await expect(store.get('a.md')).rejects.toThrow(StoreRefusedError);
    expect(double.seen.length).toBe(1);
  });

  it('passes at the third attempt', async () => {
    const double = await startDouble();
    const store = createStoreWith(settingsFor(double), noWait());
    inOrder(double, { do: 'reset', when: 'before' }, { do: 'answer', status: 503, code: 'SlowDown' });
    await store.put('a.md', 'x');
    expect((await store.get('a.md'))?.body).toBe('x');
  });

  it('is made again where a body breaks off half-way, and the text is whole', async () => {
    const double = await startDouble();
    const store = createStoreWith(settingsFor(double), noWait());
    const text = 'é🧠'.repeat(50_000);
    await store.put('a.md', text);
    double.forget();
    inOrder(double, { do: 'cut body' }, { do: 'cut body' });
    expect((await store.get('a.md'))?.body).toBe(text);
    expect(double.seen.length).toBe(3);
    inOrder(double, { do: 'cut body' });
    expect(await allOf(store.list(''))).toHaveLength(1);
  });

  it.each<[string, (store: ObjectStore) => Promise<unknown>]>([
    ['COPY', (store) => store.copy('a.md', 'b.md')],
    ['LIST', (store) => allOf(store.list(''))],
  ])('is made again where an error comes with status 200: %s', async (kind, ask) => {
    const double = await startDouble();
    const store = createStoreWith(settingsFor(double), noWait());
    await store.put('a.md', 'x');
    await store.probe();
    double.forget();
    inOrder(double, { do: 'answer', status: 200, code: 'InternalError' });
    await ask(store);
    expect(double.seen.map(({ operation }) => operation.split(' ')[0])).toEqual([kind, kind]);
    double.inject(() => ({ do: 'answer', status: 200, code: 'InternalError' }));
    await expect(ask(store)).rejects.toThrow(StoreUnavailableError);
  });

  it('is made again where no answer comes in time', async () => {
    const double = await startDouble();
    const store = createStoreWith(settingsFor(double, { requestTimeout: 500 }), noWait());
    inOrder(double, { do: 'hang' });
    await store.put('a.md', 'x');
    expect(double.seen.length).toBe(2);
  });

  it('is made again where the rest of a body does not come in time', async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.writeHead(200, { etag: '"e"', 'content-length': '4' }).write('ab');
      if (asked > 1) response.end('cd');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const settings = settingsFor(await startDouble(), { endpoint, requestTimeout: 500 });
    expect((await createStoreWith(settings, noWait()).get('a.md'))?.body).toBe('abcd');
    expect(asked).toBe(2);
    server.close();
    server.closeAllConnections();
  });

  it('is held back as long as the store asks: the strategy learns of Retry-After', async () => {
    const double = await startDouble();
    const hints: (Date | undefined)[] = [];
    const strategy = noWait();
    const refresh = strategy.refreshRetryTokenForRetry.bind(strategy);
    strategy.refreshRetryTokenForRetry = async (token, { retryAfterHint, ...told }) => {
      hints.push(retryAfterHint);
      return refresh(token, told);
    };
    const store = createStoreWith(settingsFor(double), strategy);
    inOrder(double, { do: 'answer', status: 503, code: 'SlowDown', headers: { 'Retry-After': '7' } });
    const before = Date.now();
    await store.put('a.md', 'x');
    expect(hints).toHaveLength(1);
    expect((hints[0]?.getTime() ?? 0) - before).toBeGreaterThanOrEqual(7_000);
  });

  it('waits as the SDK does, unless a test says otherwise: with jitter, and slower for a store that is busy', async () => {
    const double = await startDouble();
    const strategy = await createClient(settingsFor(double)).config.retryStrategy();
    expect(strategy).toBeInstanceOf(AdaptiveRetryStrategy);
    expect(await (strategy as AdaptiveRetryStrategy).maxAttemptsProvider()).toBe(3);
  });
});

describe('a wrong clock of this machine', () => {
  it.each([
    ['an hour behind', HOUR],
    ['an hour ahead', -HOUR],
  ])('is put right by the store at the first refusal, for both signatures: %s', async (_, skew) => {
    const double = await startDouble({ now: () => Date.now() + skew });
    const store = createEcsObjectStore(settingsFor(double));
    await store.put('a.md', 'x');
    expect(double.seen.map(({ status }) => status)).toEqual([403, 200]);
    double.forget();
    expect((await store.get('a.md'))?.body).toBe('x');
    expect(await allOf(store.list(''))).toHaveLength(1);
    const { time } = await store.probe();
    expect(Math.abs(time - (Date.now() + skew))).toBeLessThan(60_000);
    expect(new Set(double.seen.map(({ signature }) => signature))).toEqual(new Set(['V2', 'V4']));
    expect(new Set(double.seen.map(({ status }) => status))).not.toContain(403);
  });

  it.each<[string, (store: ObjectStore) => Promise<unknown>]>([
    ['LIST', (store) => allOf(store.list(''))],
    ['HEAD, whose refusal has no words', (store) => store.probe()],
  ])('is put right where the first request is a %s', async (_, ask) => {
    const double = await startDouble({ now: () => Date.now() + HOUR });
    const store = createEcsObjectStore(settingsFor(double));
    await ask(store);
    double.forget();
    await store.put('a.md', 'x');
    expect(double.seen.map(({ status }) => status)).toEqual([200]);
  });
});

function inOrder(double: Double, ...faults: readonly Fault[]): void {
  const left = [...faults];
  double.inject(() => left.shift());
}
