import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { openMemory, type TestMemory } from '../open-memory.ts';

const REGISTRY = '_system/tokens.json';
const secret = 'lm_ZHVyaW5nIHRoZSBuaWdodCBhbGwgY2F0cyBhcmUgZ3JleQ';

/** An entry as the Python service writes it. */
function entry(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    hash: `sha256:${createHash('sha256').update(secret).digest('hex')}`,
    name: 'cline',
    email: null,
    permissions: ['read', 'write'],
    space_ids: ['alpha'],
    created_at: '2026-01-01T10:00:00.123456+00:00',
    expires_at: null,
    last_used_at: null,
    revoked: false,
    ...more,
  };
}

async function openOver(...tokens: unknown[]): Promise<TestMemory> {
  const test = await openMemory();
  await test.store.put(REGISTRY, JSON.stringify({ version: 1, tokens }));
  return { ...test, memory: test.another() };
}

async function stored({ store }: TestMemory): Promise<{ nonce: string; tokens: unknown[] }> {
  return JSON.parse((await store.get(REGISTRY))?.body ?? '') as { nonce: string; tokens: unknown[] };
}

describe('a token that the Python service made', () => {
  it('opens what it opened there', async () => {
    const { memory } = await openOver(entry());
    expect(await memory.tokens.authorize(secret, 'write', 'alpha')).toMatchObject({ kind: 'token', name: 'cline' });
    expect((await memory.tokens.list()).tokens).toMatchObject([{ email: '', state: 'active', kind: 'token' }]);
  });

  it.each([
    ['read and write, no space', { space_ids: [] }, 'read', 'SPACE_NOT_FOUND'],
    ['admin, no space', { space_ids: [], permissions: ['admin'] }, 'admin', 'SPACE_NOT_FOUND'],
    ['no permission', { permissions: [] }, 'read', 'FORBIDDEN'],
    ['a permission nobody knows', { permissions: ['root'] }, 'read', 'FORBIDDEN'],
    ['an end that has passed', { expires_at: '2026-01-02T03:04:05+00:00' }, 'read', 'UNAUTHENTICATED'],
    ['an end in another time zone', { expires_at: '2026-01-02T04:04:06+02:00' }, 'read', 'UNAUTHENTICATED'],
    ['an end nobody can read', { expires_at: 'next year' }, 'read', 'UNAUTHENTICATED'],
    ['a kind nobody knows', { kind: 'ticket' }, 'read', 'UNAUTHENTICATED'],
    ['permissions that are no list', { permissions: 'admin' }, 'read', 'UNAUTHENTICATED'],
    ['nothing said of its revocation', { revoked: undefined }, 'read', 'UNAUTHENTICATED'],
    ['a hash in another form', { hash: 'SHA256:AB' }, 'read', 'UNAUTHENTICATED'],
  ] as const)('that has %s is refused', async (_, more, permission, code) => {
    const { memory } = await openOver(entry(more));
    await expect(memory.tokens.authorize(secret, permission, 'alpha')).rejects.toMatchObject({ code });
  });

  it('stays as it is, to the field, when others change', async () => {
    const before = [
      entry({ note: 'of another program' }),
      entry({ hash: `sha256:${'1'.repeat(64)}`, kind: 'ticket', uses: 3 }),
      'no entry at all',
    ];
    const test = await openOver(...before);
    await test.memory.tokens.create({ name: 'new', permissions: ['read'] });
    const { tokens } = await stored(test);
    expect(tokens).toHaveLength(4);
    expect(tokens[0]).toEqual({ ...entry({ note: 'of another program' }), kind: 'standard' });
    expect(tokens.slice(2)).toEqual(before.slice(1));
  });

  it('is revoked even where its entry stands there twice', async () => {
    const test = await openOver(entry(), entry());
    await test.memory.tokens.revoke({ hash: String(entry()['hash']) });
    await expect(test.another().tokens.authenticate(secret)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await stored(test)).tokens).toMatchObject([{ revoked: true }, { revoked: true }]);
  });
});

describe('the registry as it is written', () => {
  it('never has the same body twice', async () => {
    const test = await openOver(entry());
    const bodies = new Set<string | undefined>();
    for (const email of ['a', 'b', 'a', 'b']) {
      await test.memory.tokens.update({ hash: String(entry()['hash']), email });
      bodies.add((await test.store.get(REGISTRY))?.body);
    }
    expect(bodies.size).toBe(4);
  });

  it('is not written where there is nothing to change', async () => {
    const test = await openOver(entry());
    const hash = String(entry()['hash']);
    await test.memory.tokens.update({ hash, email: 'a' });
    const before = await test.store.get(REGISTRY);
    await test.memory.tokens.update({ hash, email: 'a', spacesAdd: ['alpha'] });
    await test.memory.tokens.purge();
    expect(await test.store.get(REGISTRY)).toEqual(before);
  });

  it('is not made by a memory without tokens', async () => {
    const { memory, keys } = await openMemory();
    await memory.spaces.create({ space: 'beta' });
    await memory.spaces.delete({ space: 'beta' });
    await memory.tokens.purge({ revokedOnly: false });
    expect(await memory.tokens.list()).toEqual({ tokens: [], total: 0 });
    expect(await keys('_system/')).toEqual([]);
  });
});
