import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { UnreadableObjectError } from '@live-mem/core';
import { createEcsObjectStore } from '../src/index.ts';
import type { Double } from './double/double.ts';
import { doubles } from './double/start-double.ts';
import { settingsFor } from './settings-for.ts';

const startDouble = doubles();
// A thousand requests take their time on a busy machine.
jest.setTimeout(60_000);

describe('a thousand objects of a store that takes 30 ms for each', () => {
  it('are read with at most 32 requests under way at once, in the order asked for', async () => {
    const { double, keys } = await slowDouble(1000);
    const answers = await createEcsObjectStore(settingsFor(double)).getMany(keys);
    expect(answers.map((answer) => answer && 'body' in answer && answer.body)).toEqual(keys);
    expect(double.seen).toHaveLength(1000);
    expect(double.mostAtOnce).toBeLessThanOrEqual(32);
  });

  it('are never asked for by more at once, however many ask', async () => {
    const { double, keys } = await slowDouble(100);
    const store = createEcsObjectStore(settingsFor(double));
    await Promise.all([store.getMany(keys), store.getMany(keys), store.deleteMany(keys)]);
    expect(double.mostAtOnce).toBeLessThanOrEqual(32);
  });

  it('are asked for by no more at once than the settings say', async () => {
    const { double, keys } = await slowDouble(40);
    await createEcsObjectStore(settingsFor(double, { concurrency: 5 })).getMany(keys);
    expect(double.mostAtOnce).toBeLessThanOrEqual(5);
  });
});

describe('objects of a store that answers nothing before so many are asked for', () => {
  it.each([
    ['32', undefined, 32],
    ['as many as the settings say', 5, 5],
  ])('are read all the same: so many are under way at once: %s', async (_, concurrency, atOnce) => {
    const endpoint = await holdingServer(atOnce);
    const store = createEcsObjectStore(settingsFor(await startDouble(), { endpoint, concurrency }));
    const keys = Array.from({ length: 3 * atOnce }, (__, n) => `${n}.md`);
    expect(await store.getMany(keys)).toEqual(keys.map(() => expect.objectContaining({ body: 'x' })));
  });
});

describe('after a failure', () => {
  it.each(['getMany', 'deleteMany'] as const)('nothing goes on behind the back of who is told: %s', async (many) => {
    const { double, keys } = await slowDouble(200);
    double.inject(({ n }) => (n === 10 ? { do: 'answer', status: 403, code: 'AccessDenied' } : undefined));
    const store = createEcsObjectStore(settingsFor(double, { concurrency: 4 }));
    await expect(store[many](keys)).rejects.toThrow(/does not allow it/);
    const asked = double.seen.length;
    expect(asked).toBeLessThan(20);
    await store.get('another.md');
    expect(double.seen.length).toBe(asked + 1);
  });
});

describe('one object that is no text', () => {
  it('hides no other', async () => {
    const { double, keys } = await slowDouble(3);
    fill(double, keys[1] ?? '', Buffer.from([0xff, 0xfe]));
    const [first, second, third] = await createEcsObjectStore(settingsFor(double)).getMany(keys);
    expect(first).toMatchObject({ body: keys[0] });
    expect(second).toBeInstanceOf(UnreadableObjectError);
    expect(third).toMatchObject({ body: keys[2] });
  });
});

const servers: { close(): unknown; closeAllConnections(): void }[] = [];
afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

/** Holds each answer back until so many are held. @returns its address */
async function holdingServer(atOnce: number): Promise<string> {
  const held: ServerResponse[] = [];
  const server = createServer((_, response) => {
    held.push(response);
    if (held.length < atOnce) return;
    for (const each of held.splice(0)) each.setHeader('ETag', '"e"').end('x');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function slowDouble(objects: number): Promise<{ readonly double: Double; readonly keys: readonly string[] }> {
  const double = await startDouble();
  const keys = Array.from({ length: objects }, (_, n) => `alpha/live/${n}.md`);
  for (const key of keys) fill(double, key, Buffer.from(key));
  double.inject(() => ({ do: 'slow', milliseconds: 30 }));
  return { double, keys };
}

function fill({ objects }: Double, key: string, body: Buffer): void {
  objects.set(key, { body, contentType: 'text/plain', etag: 'e', modifiedAt: Date.now(), metadata: {} });
}
