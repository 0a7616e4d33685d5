import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type ObjectStore, StoreUnavailableError, WriteConflictError } from '@live-mem/core';
import { createStoreWith } from '../src/ecs-object-store.ts';
import type { Double, DoubleOptions } from './double/double.ts';
import { doubles, type Fault } from './double/start-double.ts';
import { noWait } from './no-wait.ts';
import { settingsFor } from './settings-for.ts';

const startDouble = doubles();
const key = 'alpha/_commits/0000000001.json';

const lostAnswers: readonly (readonly [string, Fault])[] = [
  ['a connection that was reset', { do: 'reset', when: 'after' }],
  ['500', { do: 'answer', status: 500, code: 'InternalError', afterEffect: true }],
  ['502 of a proxy', { do: 'answer', status: 502, code: '', afterEffect: true, bare: true }],
  ['503 of a proxy', { do: 'answer', status: 503, code: '', afterEffect: true, bare: true }],
];

describe('a conditional write whose first answer was lost', () => {
  it.each(lostAnswers)('to %s, has succeeded, for one GET more', async (_, fault) => {
    const { double, store } = await open();
    inOrder(double, fault);
    const version = await store.put(key, 'mine', { absent: true });
    expect(await store.get(key)).toMatchObject({ body: 'mine', version });
    expect(operations(double)).toEqual(['PUT object', 'PUT object', 'GET object', 'GET object']);
    double.forget();
    inOrder(double, fault);
    const swapped = await store.put(key, 'mine again', { version });
    expect(await store.get(key)).toMatchObject({ body: 'mine again', version: swapped });
    expect(operations(double)).toEqual(['PUT object', 'PUT object', 'GET object', 'GET object']);
  });

  it.each(lostAnswers)('to %s, and had no effect, is made again', async (_, fault) => {
    const { double, store } = await open();
    inOrder(double, withoutEffect(fault));
    await store.put(key, 'mine', { absent: true });
    expect((await store.get(key))?.body).toBe('mine');
    expect(operations(double)).toEqual(['PUT object', 'PUT object', 'GET object']);
  });

  it.each(lostAnswers)('to %s, and that others wrote over, is told to be unclear', async (_, fault) => {
    const { double, store } = await open();
    inOrder(double, fault, () => overwrite(double, 'theirs'));
    await expect(store.put(key, 'mine', { absent: true })).rejects.toThrow(StoreUnavailableError);
    const version = (await store.get(key))?.version ?? '';
    inOrder(double, fault, () => overwrite(double, 'theirs again'));
    await expect(store.put(key, 'mine again', { version })).rejects.toThrow(StoreUnavailableError);
    expect((await store.get(key))?.body).toBe('theirs again');
  });

  it('and that is refused the next time, has succeeded all the same', async () => {
    const { double, store } = await open();
    inOrder(double, { do: 'reset', when: 'after' }, { do: 'answer', status: 403, code: 'AccessDenied' });
    await store.put(key, 'mine', { absent: true });
    inOrder(double, { do: 'reset', when: 'before' }, { do: 'answer', status: 403, code: 'AccessDenied' });
    await expect(store.put('another.json', 'mine', { absent: true })).rejects.toThrow(StoreUnavailableError);
  });

  it('and that others deleted, is told to be unclear', async () => {
    const { double, store } = await open();
    const version = await store.put(key, 'before');
    inOrder(double, { do: 'reset', when: 'after' }, () => double.objects.delete(key));
    await expect(store.put(key, 'mine', { version })).rejects.toThrow(StoreUnavailableError);
  });

  it.each([
    ['and it had taken effect', 'after', 'mine'],
    ['and it had none', 'before', undefined],
  ] as const)('is told to be unclear where no answer ever comes, %s', async (_, when, kept) => {
    const { double, store } = await open();
    const lost: Fault = { do: 'reset', when };
    inOrder(double, lost, lost, lost);
    await expect(store.put(key, 'mine', { absent: true })).rejects.toThrow(StoreUnavailableError);
    expect(operations(double)).toEqual(['PUT object', 'PUT object', 'PUT object']);
    expect((await store.get(key))?.body).toBe(kept);
  });
});

describe('of two that write one text', () => {
  it('the one whose answer was lost is told that it wrote, the other that it did not', async () => {
    const { double, store } = await open();
    const other = createStoreWith(settingsFor(double), noWait());
    await other.probe();
    let theirs: Promise<unknown> = Promise.reject(new Error('never asked')).catch((error: unknown) => error);
    inOrder(double, { do: 'reset', when: 'after' }, () => {
      theirs = other.put(key, 'the same', { absent: true }).catch((error: unknown) => error);
    });
    expect(await store.put(key, 'the same', { absent: true })).toBe(md5('the same'));
    expect(await theirs).toBeInstanceOf(WriteConflictError);
  });

  it('the one whose first attempt had no effect does not take the text of the other for its own', async () => {
    const { double, store } = await open();
    inOrder(double, { do: 'reset', when: 'before' }, () => overwrite(double, 'the same'));
    await expect(store.put(key, 'the same', { absent: true })).rejects.toThrow(StoreUnavailableError);
  });
});

describe('a conflict', () => {
  it.each<[string, Fault]>([
    ['a store that was busy', { do: 'answer', status: 503, code: 'SlowDown' }],
    ['Ceph, which tells the loser of a race 500', { do: 'answer', status: 500, code: 'UnknownError' }],
  ])('is one also after an attempt that certainly had no effect: %s', async (_, fault) => {
    const { double, store } = await open();
    inOrder(double, fault, () => overwrite(double, 'theirs'));
    await expect(store.put(key, 'mine', { absent: true })).rejects.toThrow(WriteConflictError);
    expect(operations(double)).not.toContain('GET object');
  });

  it('is what 409 means, and is not waited for', async () => {
    const { double, store } = await open();
    double.inject(() => ({ do: 'answer', status: 409, code: 'ConditionalRequestConflict' }));
    await expect(store.put(key, 'mine', { absent: true })).rejects.toThrow(WriteConflictError);
    await expect(store.put(key, 'mine', { version: 'before' })).rejects.toThrow(WriteConflictError);
    expect(operations(double)).toEqual(['PUT object', 'PUT object']);
  });

  it.each([404, 412])('is what %i means where there is nothing to swap', async (status) => {
    const { double, store } = await open();
    inOrder(double, { do: 'answer', status, code: status === 404 ? 'NoSuchKey' : 'PreconditionFailed' });
    await expect(store.put(key, 'mine', { version: 'gone' })).rejects.toThrow(WriteConflictError);
  });
});

describe('the ETag of a swap', () => {
  it.each([
    ['ecs', 'dual', 'bare', /^[0-9a-f]{32}$/],
    ['sigv4', 'sigv4', 'in quotes', /^"[0-9a-f]{32}"$/],
  ] as const)('goes as the store takes it: %s, %s, %s', async (rules, signatureMode, _, form) => {
    const { double, store } = await open({ rules }, { signatureMode });
    const version = await store.put(key, 'first');
    await store.put(key, 'second', { version });
    expect(double.seen.at(-1)?.headers['if-match']).toMatch(form);
  });
});

async function open(
  options: DoubleOptions = {},
  more: Parameters<typeof settingsFor>[1] = {},
): Promise<{ readonly double: Double; readonly store: ObjectStore }> {
  const double = await startDouble(options);
  const store = createStoreWith(settingsFor(double, more), noWait());
  await store.probe();
  double.forget();
  return { double, store };
}

/** Faults of the next requests, or what happens just before them. */
function inOrder(double: Double, ...steps: readonly (Fault | (() => unknown))[]): void {
  const left = [...steps];
  double.inject(() => {
    const step = left.shift();
    if (typeof step !== 'function') return step;
    step();
    return undefined;
  });
}

function withoutEffect(fault: Fault): Fault {
  return fault.do === 'answer' ? { ...fault, afterEffect: false } : { do: 'reset', when: 'before' };
}

function overwrite({ objects }: Double, text: string): void {
  const there = objects.get(key);
  objects.set(key, {
    contentType: undefined,
    modifiedAt: Date.now(),
    ...there,
    body: Buffer.from(text),
    etag: md5(text),
    metadata: {},
  });
}

function operations({ seen }: Double): string[] {
  return seen.map(({ operation }) => operation);
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
