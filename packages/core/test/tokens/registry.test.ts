import { describe, expect, it } from '@jest/globals';
import {
  createLiveMemory,
  type LiveMemory,
  type ObjectStore,
  StoreUnavailableError,
  WriteConflictError,
} from '@live-mem/core';
import { createMemoryObjectStore } from '@live-mem/core/memory';
import { createManualClock } from '@live-mem/core/testing';
import { appendingConsolidator, openMemory, type TestMemory } from '../open-memory.ts';

const REGISTRY = '_system/tokens.json';
const HOUR = 3_600_000;

type Put = ObjectStore['put'];

/** A process of its own, whose writes of the registry go through `put`. */
function processOver({ store, clock }: TestMemory, put: (...request: Parameters<Put>) => Promise<string>): LiveMemory {
  const through: ObjectStore = {
    ...store,
    put: (key, body, only) => (key === REGISTRY ? put(key, body, only) : store.put(key, body, only)),
  };
  return createLiveMemory({ store: through, consolidator: appendingConsolidator, clock });
}

async function storedIn({ store }: Pick<TestMemory, 'store'>): Promise<Record<string, unknown>[]> {
  return (JSON.parse((await store.get(REGISTRY))?.body ?? '') as { tokens: Record<string, unknown>[] }).tokens;
}

const cline = { name: 'cline', permissions: ['read', 'write'], spaces: ['alpha'] } as const;

describe('what a process remembers of the tokens', () => {
  it('is its newest change, in whatever order the answers to its changes come', async () => {
    const test = await openMemory();
    const { hash, token } = await test.memory.tokens.create(cline);
    const { promise: later, resolve: goOn } = Promise.withResolvers<void>();
    const { promise: written, resolve: wrote } = Promise.withResolvers<void>();
    let writes = 0;
    const memory = processOver(test, async (...request) => {
      writes += 1;
      const isFirst = writes === 1;
      const version = await test.store.put(...request);
      wrote();
      if (isFirst) await later;
      return version;
    });
    const slow = memory.tokens.update({ hash, email: 'me@example.org' });
    await written;
    await memory.tokens.update({ hash, permissions: ['read'] });
    goOn();
    await slow;
    expect(await memory.tokens.authenticate(token)).toMatchObject({ permission: 'read' });
  });

  it('is forgotten when the answer to a change was lost', async () => {
    const test = await openMemory();
    const { hash, token } = await test.memory.tokens.create(cline);
    const memory = processOver(test, async (...request) => {
      await test.store.put(...request).catch(() => undefined);
      throw new StoreUnavailableError('no answer');
    });
    await memory.tokens.authenticate(token);
    await expect(memory.tokens.update({ hash, permissions: ['read'] })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    expect(await memory.tokens.authenticate(token)).toMatchObject({ permission: 'read' });
  });

  it('is forgotten when what was to be made turns out to be made', async () => {
    const test = await openMemory();
    const { hash, token } = await test.memory.tokens.create(cline);
    await test.memory.tokens.authenticate(token);
    // As an adapter tells it that lost the answer and asked again: its own write stands in its way.
    const memory = processOver(test, async (...request) => {
      await test.store.put(...request);
      throw new WriteConflictError(REGISTRY);
    });
    await memory.tokens.authenticate(token);
    await memory.tokens.update({ hash, permissions: ['read'] });
    expect(await memory.tokens.authenticate(token)).toMatchObject({ permission: 'read' });
  });

  it('is forgotten once a revocation was begun, even if nobody can write the registry', async () => {
    const test = await openMemory();
    const { hash, token } = await test.memory.tokens.create(cline);
    const memory = processOver(test, () => Promise.reject(new WriteConflictError(REGISTRY)));
    await memory.tokens.authenticate(token);
    await expect(memory.tokens.revoke({ hash })).rejects.toMatchObject({ code: 'WRITE_CONFLICT' });
    await expect(memory.tokens.authenticate(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('is good for 5 seconds from when its reading began, not from when it ended', async () => {
    const test = await openMemory();
    const { hash, token } = await test.memory.tokens.create(cline);
    await test.memory.tokens.authenticate(token);
    let slow = true;
    const store: ObjectStore = {
      ...test.store,
      async get(key) {
        const answer = await test.store.get(key);
        if (slow) {
          slow = false;
          test.clock.advance(4_000);
        }
        return answer;
      },
    };
    const memory = createLiveMemory({ store, consolidator: appendingConsolidator, clock: test.clock });
    await memory.tokens.authenticate(token);
    await test.memory.tokens.revoke({ hash });
    test.clock.advance(1_000);
    await expect(memory.tokens.authenticate(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('lets nobody in while the store does not answer, and is read anew once it does', async () => {
    const test = await openMemory();
    const { token } = await test.memory.tokens.create(cline);
    let isDown = true;
    const store: ObjectStore = {
      ...test.store,
      get: (key) => (isDown ? Promise.reject(new StoreUnavailableError('down')) : test.store.get(key)),
    };
    const memory = createLiveMemory({ store, consolidator: appendingConsolidator, clock: test.clock });
    await expect(memory.tokens.authenticate(token)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    isDown = false;
    expect(await memory.tokens.authenticate(token)).toMatchObject({ name: 'cline' });
  });
});

describe('a change of tokens whose answers are lost', () => {
  const changes: [string, (memory: LiveMemory, hash: string) => Promise<unknown>, Record<string, unknown>[]][] = [
    ['a creation', ({ tokens }) => tokens.create({ ...cline, name: 'new' }), [{ name: 'cline' }, { name: 'new' }]],
    ['a revocation', ({ tokens }, hash) => tokens.revoke({ hash }), [{ name: 'cline', revoked: true }]],
    ['a deletion', ({ tokens }, hash) => tokens.delete({ hash }), []],
    ['a purge', ({ tokens }) => tokens.purge({ revokedOnly: false }), []],
    ['a change', ({ tokens }, hash) => tokens.update({ hash, spaces: [] }), [{ name: 'cline', space_ids: [] }]],
    [
      'a space that leaves all tokens',
      ({ spaces }) => spaces.delete({ space: 'alpha' }),
      [{ name: 'cline', space_ids: [] }],
    ],
    [
      'a space that joins its creator',
      ({ spaces }, hash) => spaces.create({ space: 'own', creator: hash }),
      [{ name: 'cline', space_ids: ['alpha', 'own'] }],
    ],
  ];

  it.each(changes)('%s is made once', async (_, change, expected) => {
    const test = await openMemory();
    const { hash } = await test.memory.tokens.create(cline);
    let written = 0;
    const memory = processOver(test, async (...request) => {
      const version = await test.store.put(...request);
      written += 1;
      if (written % 2 === 1) throw new StoreUnavailableError('no answer');
      return version;
    });
    await change(memory, hash);
    const stored = await storedIn(test);
    expect(stored).toHaveLength(expected.length);
    expect(stored).toMatchObject(expected);
  });

  it('gives up on a store that takes no writes, after a few tries', async () => {
    const test = await openMemory();
    let tries = 0;
    const memory = processOver(test, () => {
      tries += 1;
      return Promise.reject(new StoreUnavailableError('down'));
    });
    await expect(memory.tokens.create(cline)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(tries).toBe(5);
  });

  it('gives up where others come first every time', async () => {
    const test = await openMemory();
    const memory = processOver(test, async (...request) => {
      await test.store.put(REGISTRY, `{"tokens":[],"other":${Math.random()}}`);
      return test.store.put(...request);
    });
    await expect(memory.tokens.create(cline)).rejects.toMatchObject({ code: 'WRITE_CONFLICT' });
  });

  it('is refused by a store that cannot write under a condition', async () => {
    const clock = createManualClock();
    const store = createMemoryObjectStore({ now: clock.now, without: ['compareAndSwap'] });
    const memory = createLiveMemory({ store, consolidator: appendingConsolidator, clock });
    const { token } = await memory.tokens.createFirst({ name: 'root' });
    await expect(memory.tokens.create({ name: 'x', permissions: ['read'] })).rejects.toMatchObject({
      code: 'STORE_REFUSED',
    });
    expect(await memory.tokens.authenticate(token)).toMatchObject({ name: 'root' });
  });
});

describe('the last use of a token', () => {
  it('is noted once an hour by all processes together, also by one that read before another noted it', async () => {
    const test = await openMemory();
    const { token } = await test.memory.tokens.create(cline);
    await test.memory.tokens.authenticate(token);
    const other = test.another();
    test.clock.advance(HOUR - 1);
    await other.tokens.authenticate(token);
    test.clock.advance(1);
    await test.another().tokens.authenticate(token);
    const noted = await test.store.get(REGISTRY);
    test.clock.advance(1);
    await other.tokens.authenticate(token);
    expect(await test.store.get(REGISTRY)).toEqual(noted);
    expect((await storedIn(test))[0]).toMatchObject({ last_used_at: new Date(test.clock.now() - 1).toISOString() });
  });

  it('is no reason to refuse: noting it is tried once, and again after an hour', async () => {
    const test = await openMemory();
    const { token } = await test.memory.tokens.create(cline);
    const warnings: string[] = [];
    let tries = 0;
    const store: ObjectStore = {
      ...test.store,
      async put(...request) {
        tries += 1;
        // Somebody else comes first.
        if (tries === 1) await test.store.put(REGISTRY, `${(await test.store.get(REGISTRY))?.body}\n`);
        return test.store.put(...request);
      },
    };
    const logger = {
      debug: () => undefined,
      info: () => undefined,
      warn: (message: string) => void warnings.push(message),
    };
    const memory = createLiveMemory({ store, consolidator: appendingConsolidator, clock: test.clock, logger });
    expect(await memory.tokens.authenticate(token)).toMatchObject({ name: 'cline' });
    test.clock.advance(HOUR - 1);
    expect(await memory.tokens.authenticate(token)).toMatchObject({ name: 'cline' });
    expect([tries, warnings]).toEqual([1, ['the last use of a token could not be noted']]);
    test.clock.advance(1);
    await memory.tokens.authenticate(token);
    expect(tries).toBe(2);
  });
});
