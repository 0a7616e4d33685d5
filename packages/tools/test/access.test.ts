import { describe, expect, it } from '@jest/globals';
import { tools } from '@live-mem/tools';
import { openChecked, type TestTools } from './open-tools.ts';

const DAY = 86_400_000;

async function withSpaces(): Promise<TestTools> {
  const test = openChecked();
  for (const space_id of ['alpha', 'beta']) await test.call(tools.space_create, { space_id });
  return test;
}

const cline = { name: 'cline', permissions: 'read, write', space_ids: 'alpha', email: 'ann@example.org' };

describe('a token', () => {
  it('is told once, and listed without its secret', async () => {
    const { call } = await withSpaces();
    const made = await call(tools.admin_create_token, { ...cline, expires_in_days: 2 });
    expect(made).toEqual({
      status: 'created',
      token: expect.stringMatching(/^lm_[\w-]{43}$/),
      hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      name: 'cline',
      permissions: ['read', 'write'],
      space_ids: ['alpha'],
      expires_at: '2026-01-04T03:04:05.000Z',
    });
    const listed = await call(tools.admin_list_tokens, {});
    expect(listed).toEqual({
      status: 'ok',
      total: 1,
      tokens: [
        {
          hash: made.hash,
          kind: 'standard',
          name: 'cline',
          email: 'ann@example.org',
          permissions: ['read', 'write'],
          space_ids: ['alpha'],
          state: 'active',
          revoked: false,
          created_at: '2026-01-02T03:04:05.000Z',
          expires_at: '2026-01-04T03:04:05.000Z',
        },
      ],
    });
    expect(JSON.stringify(listed)).not.toContain(made.token);
  });

  it.each(['*', 'all', 'ALL', ['all']])('for %j may enter the spaces of today', async (space_ids) => {
    const { call } = await withSpaces();
    const made = await call(tools.admin_create_token, { ...cline, space_ids });
    expect(made.space_ids).toEqual(['alpha', 'beta']);
    await call(tools.space_create, { space_id: 'gamma' });
    expect(await call(tools.admin_list_tokens, { has_space: 'gamma' })).toMatchObject({ total: 0 });
  });

  it('that may enter nothing is made with a warning', async () => {
    const { call } = await withSpaces();
    expect(await call(tools.admin_create_token, { ...cline, space_ids: '' })).toMatchObject({
      space_ids: [],
      warning: expect.stringContaining('no space'),
    });
  });

  it('is listed page by page, and by what one looks for', async () => {
    const { call } = await withSpaces();
    for (const name of ['ci-1', 'ci-2', 'ann'])
      await call(tools.admin_create_token, { ...cline, name, space_ids: name === 'ann' ? 'beta' : 'alpha' });
    const first = await call(tools.admin_list_tokens, { name_contains: 'CI-', limit: 1 });
    expect(first).toMatchObject({ total: 2, tokens: [{ name: 'ci-1' }] });
    const second = await call(tools.admin_list_tokens, { name_contains: 'CI-', limit: 1, cursor: first.next_cursor });
    expect(second.tokens.map(({ name }) => name)).toEqual(['ci-2']);
    expect(second).not.toHaveProperty('next_cursor');
    expect(await call(tools.admin_list_tokens, { has_space: 'beta' })).toMatchObject({ total: 1 });
  });

  it('is changed by all of its spaces, or by those that come and go', async () => {
    const { call } = await withSpaces();
    const { hash } = await call(tools.admin_create_token, cline);
    const which = { token_hash: hash.slice('sha256:'.length, 23) };
    const given = await call(tools.admin_update_token, { ...which, space_ids: ['beta'], permissions: 'manage' });
    expect(given).toMatchObject({
      status: 'ok',
      before: { space_ids: ['alpha'], permissions: ['read', 'write'] },
      after: { space_ids: ['beta'], permissions: ['manage'], email: 'ann@example.org' },
      added: ['beta'],
      removed: ['alpha'],
    });
    const delta = { space_ids_add: 'alpha', space_ids_remove: 'beta', email: '' };
    expect(await call(tools.admin_update_token, { ...which, ...delta })).toMatchObject({
      after: { space_ids: ['alpha'], email: '' },
    });
    expect(await call(tools.admin_update_token, { ...which, space_ids: '' })).toMatchObject({ removed: ['alpha'] });
  });

  it('is changed together with others', async () => {
    const { call } = await withSpaces();
    for (const name of ['ci-1', 'ci-2', 'ann']) await call(tools.admin_create_token, { ...cline, name });
    const names = { names: 'ci-1, ann' };
    const answer = await call(tools.admin_bulk_update_tokens, { ...names, space_ids_add: 'beta' });
    expect(answer).toMatchObject({ status: 'ok', updated: 2 });
    expect(answer.tokens.map(({ after }) => [after.name, after.space_ids])).toEqual([
      ['ci-1', ['alpha', 'beta']],
      ['ann', ['alpha', 'beta']],
    ]);
    const both = { name_contains: 'ci', has_space: 'beta', space_ids_remove: ['alpha'], permissions: ['read'] };
    expect(await call(tools.admin_bulk_update_tokens, both)).toMatchObject({
      updated: 1,
      tokens: [{ before: { name: 'ci-1' }, after: { permissions: ['read'], space_ids: ['beta'] } }],
    });
  });

  it('ends when it is revoked, stays listed, and goes when revoked ones are purged', async () => {
    const { call, memory } = await withSpaces();
    const { hash, token } = await call(tools.admin_create_token, cline);
    expect(await call(tools.admin_revoke_token, { token_hash: hash })).toEqual({
      status: 'ok',
      name: 'cline',
      hash,
      message: 'the token of cline is revoked',
    });
    await expect(memory.tokens.authenticate(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await call(tools.admin_list_tokens, {})).toMatchObject({ tokens: [{ revoked: true, state: 'revoked' }] });
    expect(await call(tools.admin_list_tokens, { include_revoked: false })).toMatchObject({ total: 0 });
    await expect(call(tools.admin_purge_tokens, {})).rejects.toThrow(/^nothing was changed. It would .*1 revoked/);
    expect(await call(tools.admin_purge_tokens, { confirm: true })).toEqual({
      status: 'deleted',
      deleted: 1,
      remaining: 0,
    });
  });

  it('is deleted; a purge of all keeps the one that asks', async () => {
    const { call, memory } = await withSpaces();
    const root = await call(tools.admin_create_token, { name: 'root', permissions: 'admin' });
    const { hash } = await call(tools.admin_create_token, cline);
    expect(await call(tools.admin_delete_token, { token_hash: hash })).toEqual({
      status: 'deleted',
      name: 'cline',
      remaining: 1,
    });
    await call(tools.admin_create_token, cline);
    const caller = await memory.tokens.authenticate(root.token);
    await expect(call(tools.admin_purge_tokens, { revoked_only: false }, caller)).rejects.toThrow(
      /all tokens but yours/,
    );
    const all = { revoked_only: false, confirm: true };
    expect(await call(tools.admin_purge_tokens, all, caller)).toMatchObject({ deleted: 1, remaining: 1 });
    expect(await memory.tokens.authenticate(root.token)).toMatchObject({ name: 'root' });
  });

  it.each([
    ['admin_create_token', { ...cline, permissions: 'fly' }, /^permissions\.0: is no permission: use read/],
    ['admin_create_token', { ...cline, permissions: ' , ' }, /^permissions: names no permission$/],
    ['admin_create_token', { ...cline, space_ids: '../x' }, /^space_ids\.0: takes letters/],
    ['admin_create_token', { ...cline, expires_in_days: -1 }, /^expires_in_days: must be at least 0$/],
    ['admin_create_token', { ...cline, name: '' }, /^name: is empty$/],
    ['admin_revoke_token', { token_hash: 'abc' }, /^token_hash: takes at least 16/],
    [
      'admin_update_token',
      { token_hash: 'f'.repeat(16), space_ids: '', space_ids_add: 'beta' },
      /^space_ids: say either/,
    ],
    ['admin_bulk_update_tokens', { email: '' }, /^names: say whose tokens: names, name_contains or has_space$/],
    ['admin_bulk_update_tokens', { has_space: '../x' }, /^has_space: takes letters/],
    ['admin_list_tokens', { name_contains: 'x'.repeat(201) }, /^name_contains: must have at most 200 characters$/],
    ['space_badge_mint', { space_id: 'alpha', client_name: '' }, /^client_name: is empty$/],
  ] as const)('is not made or changed by %s with %j, which names the parameter', async (name, input, message) => {
    const { call } = await withSpaces();
    const [tool, given]: readonly [Parameters<typeof call>[0], unknown] = [tools[name], input];
    await expect(call(tool, given)).rejects.toThrow(message);
  });
});

describe('a badge', () => {
  it('is made by the token that created the space, for a day, and replaces the one before', async () => {
    const { call, memory, clock } = await withSpaces();
    const made = await call(tools.admin_create_token, cline);
    const creator = await memory.tokens.authenticate(made.token);
    await call(tools.space_create, { space_id: 'own' }, creator);
    const caller = await memory.tokens.authenticate(made.token);
    const wanted = { space_id: 'own', client_name: 'reviewer' };
    const first = await call(tools.space_badge_mint, wanted, caller);
    expect(first).toMatchObject({ status: 'created', replaced: false, expires_at: '2026-01-03T03:04:05.000Z' });
    const second = await call(tools.space_badge_mint, wanted, caller);
    expect(second).toMatchObject({ status: 'replaced', replaced: true });
    await expect(memory.tokens.authenticate(first.token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const badge = await memory.tokens.authenticate(second.token);
    expect(await call(tools.live_note, { space_id: 'own', category: 'todo', content: 'x' }, badge)).toMatchObject({
      agent: 'reviewer',
    });
    await expect(call(tools.space_badge_mint, { ...wanted, space_id: 'alpha' }, caller)).rejects.toThrow(/created/);
    clock.advance(DAY);
    await expect(memory.tokens.authenticate(second.token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('who calls', () => {
  it('is told what is known of its token', async () => {
    const { call, memory } = await withSpaces();
    await call(tools.admin_create_token, cline);
    const { token, hash } = await call(tools.admin_create_token, { ...cline, expires_in_days: 2, email: 'bob' });
    expect(await call(tools.system_whoami, {}, await memory.tokens.authenticate(token))).toEqual({
      status: 'ok',
      client_name: 'cline',
      auth_type: 'token',
      token_kind: 'standard',
      permissions: ['write'],
      space_ids: ['alpha'],
      token_hash: hash,
      email: 'bob',
      created_at: '2026-01-02T03:04:05.000Z',
      expires_at: '2026-01-04T03:04:05.000Z',
      last_used_at: '2026-01-02T03:04:05.000Z',
    });
  });

  it('is a badge, or the owner, who may enter all', async () => {
    const { call, memory } = await withSpaces();
    const { token } = await call(tools.space_badge_mint, { space_id: 'alpha', client_name: 'reviewer' });
    expect(await call(tools.system_whoami, {}, await memory.tokens.authenticate(token))).toMatchObject({
      client_name: 'reviewer',
      token_kind: 'space_badge',
    });
    expect(await call(tools.system_whoami, {})).toEqual({
      status: 'ok',
      client_name: 'ann',
      auth_type: 'owner',
      permissions: ['admin'],
      space_ids: [],
      all_spaces: true,
    });
  });
});
