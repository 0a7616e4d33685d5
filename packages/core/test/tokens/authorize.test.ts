import { describe, expect, it } from '@jest/globals';
import { createLiveMemory, type LiveMemory, LiveMemoryError, type Permission, permissions } from '@live-mem/core';
import { openMemory, type TestMemory } from '../open-memory.ts';

const REGISTRY = '_system/tokens.json';
const BOOTSTRAP = 'a key of at least thirty-two characters';

interface StoredRegistry {
  tokens: Record<string, unknown>[];
}

async function registryOf({ store }: TestMemory): Promise<StoredRegistry> {
  return JSON.parse((await store.get(REGISTRY))?.body ?? '{"tokens":[]}') as StoredRegistry;
}

/** Writes the registry as another program does: without a condition, from what it had read. */
async function overwrite({ store }: TestMemory, registry: unknown): Promise<void> {
  await store.put(REGISTRY, JSON.stringify(registry));
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (error instanceof LiveMemoryError) return error.code;
    throw error;
  }
}

const states = [
  'active',
  'expired',
  'revoked',
  'revoked by its object only',
  'deleted',
  'badge',
  'expired badge',
  'unknown',
  'malformed',
  'bootstrap',
] as const;
type State = (typeof states)[number];

/** A token in that state, for the spaces `alpha` and `gone`, which was deleted. */
async function tokenIn(test: TestMemory, state: State, permission: Permission): Promise<string> {
  const { memory, clock } = test;
  if (state === 'unknown') return `lm_${'x'.repeat(43)}`;
  if (state === 'malformed') return 'x'.repeat(600);
  if (state === 'bootstrap') return BOOTSTRAP;
  if (state === 'badge' || state === 'expired badge') {
    const owner = { kind: 'owner', name: 'me', permission: 'admin', spaces: 'all' } as const;
    const { token } = await memory.tokens.mintBadge({ space: 'alpha', agent: 'helper', caller: owner });
    if (state === 'expired badge') clock.advance(24 * 3_600_000);
    return token;
  }
  const { token, hash } = await memory.tokens.create({
    name: 'cline',
    permissions: [permission],
    spaces: ['alpha'],
    expiresInDays: 1,
  });
  if (state === 'expired') clock.advance(24 * 3_600_000);
  if (state === 'revoked') await memory.tokens.revoke({ hash });
  if (state === 'deleted') await memory.tokens.delete({ hash });
  if (state === 'revoked by its object only') {
    await test.store.put(`_system/revoked/${hash.slice('sha256:'.length)}`, '');
    clock.advance(5_001);
  }
  return token;
}

async function openWith(): Promise<TestMemory & { readonly gate: LiveMemory }> {
  const test = await openMemory();
  await test.memory.spaces.create({ space: 'beta' });
  const { store, clock } = test;
  const consolidator = {
    name: 'none',
    limits: { countTokens: () => 0 },
    propose: () => Promise.reject(new Error('none')),
  };
  return { ...test, gate: createLiveMemory({ store, consolidator, clock, bootstrapKey: BOOTSTRAP }) };
}

describe('authorize', () => {
  const table = states.flatMap((state) => permissions.map((held) => [state, held] as const));

  it.each(table)('a token that is %s, with %s, on every permission and space', async (state, held) => {
    const test = await openWith();
    const token = await tokenIn(test, state, held);
    const rank = { read: 0, write: 1, manage: 2, admin: 3 };
    const isActive = state === 'active' || state === 'badge';
    const holds = state === 'badge' ? 'write' : held;
    for (const wanted of permissions) {
      for (const space of ['alpha', 'beta', 'missing', undefined]) {
        const may = rank[holds] >= rank[wanted];
        const inSpace = space === undefined || space === 'alpha';
        const expected = isActive
          ? inSpace
            ? may
              ? 'ok'
              : 'FORBIDDEN'
            : 'SPACE_NOT_FOUND'
          : state === 'bootstrap'
            ? space === undefined
              ? 'FORBIDDEN'
              : 'SPACE_NOT_FOUND'
            : 'UNAUTHENTICATED';
        const code = await codeOf(test.gate.tokens.authorize(token, wanted, space));
        expect([wanted, space, code]).toEqual([wanted, space, expected]);
      }
    }
  });

  it('says the same of a space that exists and of one that does not, to whoever may enter neither', async () => {
    const { gate, memory } = await openWith();
    const { token } = await memory.tokens.create({ name: 'cline', permissions: ['admin'] });
    const messages = await Promise.all(
      ['beta', 'nope'].map((space) =>
        gate.tokens.authorize(token, 'read', space).catch((error: Error) => error.message.replace(space, 'X')),
      ),
    );
    expect(messages[0]).toBe(messages[1]);
  });

  it('says the same of a token that never was, one that ended and one that was revoked', async () => {
    const messages = new Set<string>();
    for (const state of ['unknown', 'malformed', 'expired', 'revoked', 'deleted'] as const) {
      const test = await openWith();
      const token = await tokenIn(test, state, 'admin');
      await test.gate.tokens.authenticate(token).catch((error: Error) => messages.add(error.message));
    }
    expect(messages.size).toBe(1);
  });

  it('knows who calls: the name, the spaces, the kind', async () => {
    const { gate, memory } = await openWith();
    const { token, hash } = await memory.tokens.create({
      name: 'cline',
      permissions: ['read', 'write'],
      spaces: 'all',
    });
    expect(await gate.tokens.authorize(token, 'write', 'beta')).toEqual({
      kind: 'token',
      name: 'cline',
      permission: 'write',
      spaces: new Set(['alpha', 'beta']),
      tokenHash: hash,
    });
  });

  it('refuses a bootstrap key that is too short to be one', () => {
    const parts = { store: {} as never, consolidator: {} as never, bootstrapKey: 'short' };
    expect(() => createLiveMemory(parts)).toThrow('32 to 512 characters');
  });
});

describe('a revocation', () => {
  it('counts at once in the process that made it, within 5 seconds in another', async () => {
    const { memory, another, clock } = await openMemory();
    const { token, hash } = await memory.tokens.create({ name: 'cline', permissions: ['read'], spaces: ['alpha'] });
    const other = another();
    await other.tokens.authorize(token, 'read', 'alpha');
    await memory.tokens.authorize(token, 'read', 'alpha');
    await memory.tokens.revoke({ hash });
    expect(await codeOf(memory.tokens.authenticate(token))).toBe('UNAUTHENTICATED');
    clock.advance(4_999);
    expect(await codeOf(other.tokens.authenticate(token))).toBe('ok');
    clock.advance(2);
    expect(await codeOf(other.tokens.authenticate(token))).toBe('UNAUTHENTICATED');
  });

  it('is not undone by another program that writes an old registry back', async () => {
    const test = await openMemory();
    const { memory, clock } = test;
    const { token, hash } = await memory.tokens.create({ name: 'cline', permissions: ['admin'] });
    const deleted = await memory.tokens.create({ name: 'other', permissions: ['admin'] });
    const old = await registryOf(test);
    await memory.tokens.revoke({ hash });
    await memory.tokens.delete({ hash: deleted.hash });
    await overwrite(test, old);
    clock.advance(5_001);
    for (const one of [memory, test.another()]) {
      expect(await codeOf(one.tokens.authenticate(token))).toBe('UNAUTHENTICATED');
      expect(await codeOf(one.tokens.authenticate(deleted.token))).toBe('UNAUTHENTICATED');
      expect((await one.tokens.list()).tokens.map(({ state }) => state)).toEqual(['revoked', 'revoked']);
    }
  });
});

describe('the registry', () => {
  it('holds no token, but its SHA-256', async () => {
    const test = await openMemory();
    const { token, hash } = await test.memory.tokens.create({ name: 'cline', permissions: ['read'] });
    expect(token).toMatch(/^lm_[\w-]{43}$/);
    const all = await Promise.all((await test.keys()).map(async (key) => (await test.store.get(key))?.body));
    expect(all.join('\n')).not.toContain(token.slice(3));
    expect((await registryOf(test)).tokens).toMatchObject([{ hash, kind: 'standard', permissions: ['read'] }]);
  });

  it('keeps what other programs keep in it, and entries that cannot be read, which open nothing', async () => {
    const test = await openMemory();
    const { token } = await test.memory.tokens.create({ name: 'cline', permissions: ['read'], spaces: ['alpha'] });
    const registry = await registryOf(test);
    const odd = { hash: 'sha256:zz', permissions: 'admin' };
    await overwrite(test, {
      ...registry,
      version: 7,
      theirs: 1,
      tokens: [{ ...registry.tokens[0], team: 'web' }, odd],
    });
    test.clock.advance(5_001);
    await test.memory.tokens.create({ name: 'next', permissions: ['read'] });
    expect(await registryOf(test)).toMatchObject({
      version: 7,
      theirs: 1,
      tokens: [{ team: 'web' }, { name: 'next' }, odd],
    });
    expect(await codeOf(test.memory.tokens.authenticate(token))).toBe('ok');
  });

  it('lets nobody in, and is not written over, where it is damaged', async () => {
    const test = await openMemory();
    const { token } = await test.memory.tokens.create({ name: 'cline', permissions: ['admin'] });
    await test.store.put(REGISTRY, '{"tokens": [');
    const other = test.another();
    expect(await codeOf(other.tokens.authenticate(token))).toBe('UNREADABLE_OBJECT');
    expect(await codeOf(other.tokens.create({ name: 'x', permissions: ['read'] }))).toBe('UNREADABLE_OBJECT');
    expect((await test.store.get(REGISTRY))?.body).toBe('{"tokens": [');
  });

  it('tells a stranger neither where it is nor what is wrong with it, where it is damaged', async () => {
    const test = await openMemory();
    await test.store.put(REGISTRY, '{"tokens": "secret"}');
    const refused = test.another().tokens.authorize('anything', 'read');
    await expect(refused).rejects.toMatchObject({
      message: 'the tokens of this memory cannot be read, so nobody gets in: tell its operator',
      cause: { key: REGISTRY, message: expect.stringContaining('tokens: Invalid input') },
    });
    await expect(refused).rejects.not.toHaveProperty('key');
    await expect(test.another().tokens.list()).rejects.toMatchObject({ key: REGISTRY });
  });

  it('drops badges that ended 30 days ago, at the next rewrite', async () => {
    const test = await openMemory();
    await tokenIn(test, 'badge', 'read');
    await test.memory.tokens.create({ name: 'ended', permissions: ['read'], expiresInDays: 1 });
    test.clock.advance(31 * 86_400_000 - 1);
    await test.memory.tokens.create({ name: 'one', permissions: ['read'] });
    expect((await registryOf(test)).tokens).toHaveLength(3);
    test.clock.advance(2);
    await test.memory.tokens.create({ name: 'two', permissions: ['read'] });
    expect((await registryOf(test)).tokens.map(({ name }) => name)).toEqual(['ended', 'one', 'two']);
  });

  it('notes the last use of a token once an hour', async () => {
    const test = await openMemory();
    const { token } = await test.memory.tokens.create({ name: 'cline', permissions: ['read'] });
    const uses: unknown[] = [];
    for (const minutes of [0, 59, 2]) {
      test.clock.advance(minutes * 60_000);
      await test.memory.tokens.authenticate(token);
      uses.push((await registryOf(test)).tokens[0]?.['last_used_at']);
    }
    expect(uses[1]).toBe(uses[0]);
    expect(Date.parse(String(uses[2])) - Date.parse(String(uses[0]))).toBe(61 * 60_000);
  });

  it('is asked nothing while it is fresh, then two requests side by side', async () => {
    const { memory, counting, clock } = await openMemory();
    const { token } = await memory.tokens.create({ name: 'cline', permissions: ['read'], spaces: ['alpha'] });
    await memory.tokens.authorize(token, 'read', 'alpha');
    counting.reset();
    for (let call = 0; call < 20; call++) await memory.tokens.authorize(token, 'read', 'alpha');
    expect(counting.counts().requests).toBe(0);
    clock.advance(5_001);
    await Promise.all(Array.from({ length: 20 }, () => memory.tokens.authorize(token, 'read', 'alpha')));
    expect(counting.counts()).toMatchObject({ requests: 2, roundTrips: 1 });
  });
});
