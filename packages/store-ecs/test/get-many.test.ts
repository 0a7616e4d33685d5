import { describe, expect, it } from '@jest/globals';
import { UnreadableObjectError } from '@live-mem/core';
import { createEcsObjectStore } from '../src/index.ts';
import type { Double } from './double/double.ts';
import { doubles } from './double/start-double.ts';
import { settingsFor } from './settings-for.ts';

const startDouble = doubles();

describe('a thousand objects of a store that takes 30 ms for each', () => {
  it('are read with 32 requests under way at once, in the order asked for', async () => {
    const { double, keys } = await slowDouble(1000);
    const answers = await createEcsObjectStore(settingsFor(double)).getMany(keys);
    expect(answers.map((answer) => answer && 'body' in answer && answer.body)).toEqual(keys);
    expect(double.seen).toHaveLength(1000);
    expect(double.mostAtOnce).toBe(32);
  });

  it('are never asked for by more at once, however many ask', async () => {
    const { double, keys } = await slowDouble(100);
    const store = createEcsObjectStore(settingsFor(double));
    await Promise.all([store.getMany(keys), store.getMany(keys), store.deleteMany(keys)]);
    expect(double.mostAtOnce).toBe(32);
  });

  it('are asked for as slowly as the settings say', async () => {
    const { double, keys } = await slowDouble(40);
    await createEcsObjectStore(settingsFor(double, { concurrency: 5 })).getMany(keys);
    expect(double.mostAtOnce).toBe(5);
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
