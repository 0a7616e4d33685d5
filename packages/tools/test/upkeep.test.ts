import { describe, expect, it } from '@jest/globals';
import { CancelledError, ownerCaller } from '@live-mem/core';
import { tools } from '@live-mem/tools';
import { openChecked, type TestTools } from './open-tools.ts';

const DAY = 86_400_000;
const alpha = { space_id: 'alpha' };

/** Commits 1 (create) and 2 (consolidate). */
async function withBank(): Promise<TestTools> {
  const test = openChecked();
  await test.call(tools.space_create, { ...alpha, rules: '# Rules\n', description: 'First', owner: 'ann' });
  await test.call(tools.live_note, { ...alpha, category: 'decision', content: 'One sesame', tags: 'a' });
  await test.call(tools.bank_consolidate, alpha);
  return test;
}

describe('a space', () => {
  it('is described anew; what is left out stays, and empty is cleared', async () => {
    const { call } = await withBank();
    expect(await call(tools.space_update, { ...alpha, description: 'Other' })).toEqual({
      status: 'ok',
      updated_fields: ['description'],
    });
    expect(await call(tools.space_update, { ...alpha, owner: '' })).toMatchObject({ updated_fields: ['owner'] });
    expect(await call(tools.space_update, alpha)).toMatchObject({ updated_fields: [] });
    expect(await call(tools.space_info, alpha)).toMatchObject({ description: 'Other', owner: '' });
  });

  it('gets other rules by a commit that can be undone', async () => {
    const { call } = await withBank();
    expect(await call(tools.space_update_rules, { ...alpha, rules: '# Oth\n' })).toEqual({
      status: 'ok',
      rules_size: 6,
      commit: 3,
    });
    expect(await call(tools.space_rules, alpha)).toMatchObject({ rules: '# Oth\n' });
    await call(tools.bank_undo, { ...alpha, commit: 3, confirm: true });
    expect(await call(tools.space_rules, alpha)).toMatchObject({ rules: '# Rules\n' });
    await expect(call(tools.space_update_rules, { ...alpha, rules: 'template:none' })).rejects.toThrow(/no template/);
  });

  it('is found when its notes have waited', async () => {
    const { call, clock, store } = await withBank();
    await call(tools.space_create, { space_id: 'beta' });
    for (const content of ['a', 'b']) await call(tools.live_note, { ...alpha, category: 'todo', content });
    clock.advance(6 * DAY);
    await store.put('broken/_meta.json', '{"half');
    expect(await call(tools.bank_stale_spaces, { min_notes: 2 })).toEqual({
      status: 'ok',
      spaces: [
        {
          space_id: 'alpha',
          notes: 2,
          oldest_note: '2026-01-02T03:04:05.000Z',
          age_days: 6,
          last_consolidation: '2026-01-02T03:04:05.000Z',
        },
      ],
      scanned: ['alpha', 'beta'],
      total_stale: 1,
      unreadable: [{ space_id: 'broken', reason: expect.any(String) }],
    });
    const other = { min_notes: 2, space_ids: 'beta' };
    expect(await call(tools.bank_stale_spaces, other)).toMatchObject({ scanned: ['beta'], total_stale: 0 });
    expect(await call(tools.bank_stale_spaces, {})).toMatchObject({ total_stale: 0 });
  });

  it('is rid of a secret that is said literally; first it is only told where it is', async () => {
    const { call, store } = await withBank();
    const { backup_id = '' } = await call(tools.backup_create, alpha);
    await call(tools.live_note, { ...alpha, category: 'todo', content: 'Two sesame' });
    const where = await call(tools.space_redact, { ...alpha, text: 'sesame' });
    expect(where).toMatchObject({
      status: 'ok',
      notes: [expect.stringContaining('_ann_todo_')],
      leftovers: [],
      documents: ['notes.md'],
      commits: [2],
      backups: [{ backup_id, files: 1 }],
      meta: false,
      names: [],
      dry_run: true,
    });
    expect(where).not.toHaveProperty('commit');
    expect(await call(tools.live_search, { ...alpha, query: 'sesame' })).toMatchObject({ total: 1 });
    expect(await call(tools.space_redact, { ...alpha, text: 'sesame', dry_run: false })).toMatchObject({ commit: 3 });
    const stored: string[] = [];
    for await (const entry of store.list('')) if ('key' in entry) stored.push((await store.get(entry.key))?.body ?? '');
    expect(stored.join('\n')).not.toContain('sesame');
    expect(await call(tools.live_search, { ...alpha, query: 'Two ******' })).toMatchObject({ total: 1 });
  });
});

describe('a document', () => {
  it('is traced to the commits and notes it comes from', async () => {
    const { call } = await withBank();
    const traced = await call(tools.bank_trace, { ...alpha, filename: 'notes.md' });
    expect(traced).toMatchObject({ status: 'ok', filename: 'notes.md', unknown_bytes: 0 });
    expect(traced.commits).toEqual([
      {
        commit: 2,
        kind: 'consolidate',
        at: '2026-01-02T03:04:05.000Z',
        actor: 'ann',
        bytes: traced.total_bytes,
        notes: [
          {
            filename: expect.stringContaining('_ann_decision_'),
            timestamp: '2026-01-02T03:04:05.000Z',
            agent: 'ann',
            category: 'decision',
            tags: ['a'],
            content: 'One sesame',
          },
        ],
      },
    ]);
    const none = { ...alpha, filename: 'notes.md', heading: 'None' };
    await expect(call(tools.bank_trace, none)).rejects.toMatchObject({ code: 'SECTION_NOT_FOUND' });
    const long = { ...none, heading: 'x'.repeat(1_001) };
    await expect(call(tools.bank_trace, long)).rejects.toThrow(/^heading: must have at most 1000 characters/);
  });

  it('is compared between any two commits', async () => {
    const { call } = await withBank();
    for (const content of ['a\n', 'b\n', 'c\n']) await call(tools.bank_write, { ...alpha, filename: 'x.md', content });
    const { diff } = await call(tools.bank_diff, { ...alpha, commit: 5, from: 3 });
    expect(diff).toContain('-a\n+c\n');
    expect((await call(tools.bank_diff, { ...alpha, commit: 5, from: 0 })).diff).toContain('# Notes');
  });

  it('gets a clean name, first only told', async () => {
    const { call, store } = await withBank();
    await store.put('alpha/bank/pla\u200Bn.md', 'Plan\n');
    await store.put('alpha/bank/no\u200Btes.md', (await store.get('alpha/bank/notes.md'))?.body ?? '');
    await call(tools.bank_read_all, alpha);
    const renamed = [{ from: 'pla\u200Bn.md', to: 'plan.md' }];
    const removed = [{ filename: 'no\u200Btes.md', same_as: 'notes.md' }];
    const plan = { status: 'ok', renamed, removed, kept: [] };
    expect(await call(tools.bank_repair, alpha)).toEqual({ ...plan, dry_run: true });
    expect(await call(tools.bank_repair, { ...alpha, dry_run: false })).toEqual({
      ...plan,
      commit: expect.any(Number),
    });
    expect(await call(tools.bank_read, { ...alpha, filename: 'plan.md' })).toMatchObject({ content: 'Plan\n' });
    expect(await call(tools.bank_list, alpha)).toMatchObject({ file_count: 2 });
  });
});

describe('the history', () => {
  it('loses its old texts, first only told, and never those of the last week', async () => {
    const { call, clock } = await withBank();
    for (const content of ['a', 'b', 'c']) await call(tools.bank_write, { ...alpha, filename: 'x.md', content });
    await expect(call(tools.bank_trim, { ...alpha, older_than_days: 6 })).rejects.toThrow(/^older_than_days: .* 7/);
    expect(await call(tools.bank_trim, alpha)).toMatchObject({ trimmed: [], dry_run: true });
    clock.advance(8 * DAY);
    const told = await call(tools.bank_trim, alpha);
    expect(told).toMatchObject({ status: 'ok', trimmed: [3], kept: 4, dry_run: true });
    const done = await call(tools.bank_trim, { ...alpha, dry_run: false });
    expect(done).toMatchObject({ trimmed: [3], bytes_freed: told.bytes_freed });
    expect(done).not.toHaveProperty('dry_run');
    expect(await call(tools.bank_history, { ...alpha, filename: 'x.md' })).toMatchObject({
      commits: [{ commit: 5 }, { commit: 4 }, { commit: 3, trimmed: true }],
    });
  });
});

async function withOld(): Promise<TestTools> {
  const test = await withBank();
  await test.call(tools.live_note, { ...alpha, category: 'todo', content: 'Old' });
  test.clock.advance(8 * DAY);
  await test.call(tools.live_note, { ...alpha, category: 'todo', content: 'New' });
  return test;
}

describe('old notes', () => {
  it('are told, by space and agent', async () => {
    const { call } = await withOld();
    await call(tools.space_create, { space_id: 'beta' });
    const at = '2026-01-02T03:04:05.000Z';
    const agents = [
      { agent: 'ann', notes: 1, categories: { todo: 1 }, size: expect.any(Number), oldest_note: at, newest_note: at },
    ];
    expect(await call(tools.admin_gc_notes, {})).toEqual({
      status: 'ok',
      spaces: [{ space_id: 'alpha', notes: 1, agents, deleted: 0, commits: [] }],
      total: 1,
      dry_run: true,
    });
    expect(await call(tools.live_read, alpha)).toMatchObject({ total: 2 });
    expect(await call(tools.admin_gc_notes, { space_id: 'beta' })).toMatchObject({ spaces: [{ notes: 0 }], total: 0 });
  });

  it('are consolidated, exactly those', async () => {
    const { call } = await withOld();
    const done = await call(tools.admin_gc_notes, { confirm: true });
    expect(done).toMatchObject({ spaces: [{ report: { status: 'ok', notes_processed: 1 } }] });
    expect(done).not.toHaveProperty('dry_run');
    expect(await call(tools.live_read, alpha)).toMatchObject({ notes: [{ content: 'New' }], total: 1 });
  });

  it('are thrown away, and come back by an undo', async () => {
    const { call } = await withOld();
    expect(await call(tools.admin_gc_notes, { ...alpha, confirm: true, delete_only: true })).toMatchObject({
      spaces: [{ notes: 1, deleted: 1, commits: [3] }],
    });
    expect(await call(tools.live_read, alpha)).toMatchObject({ total: 1 });
    await call(tools.bank_undo, { ...alpha, commit: 3, confirm: true });
    expect(await call(tools.live_read, alpha)).toMatchObject({ total: 2 });
  });

  it('of all spaces are dealt with beside a space that cannot be read, which is told; a cancelled call ends', async () => {
    const { call, store, memory } = await withOld();
    await store.put('aaa/_meta.json', '{"half');
    await store.put('aaa/_commits/0000000001.json', '{"half');
    expect(await call(tools.admin_gc_notes, {})).toMatchObject({
      status: 'partial',
      spaces: [
        { space_id: 'aaa', error: expect.stringContaining('aaa/') },
        { space_id: 'alpha', notes: 1 },
      ],
    });
    const context = { caller: ownerCaller('ann'), signal: AbortSignal.abort() };
    const cancelled = tools.admin_gc_notes.call(memory, { confirm: true, delete_only: true }, context);
    await expect(cancelled).rejects.toThrow(CancelledError);
  });
});

describe('a list of words', () => {
  const many = Array.from({ length: 1_001 }, () => 'alpha');
  it.each<[string, string | string[]]>([
    ['more than 1,000 words', many],
    ['more than 1,000 words in a text', many.join(',')],
    ['a word of more than 200 characters', ['x'.repeat(201)]],
    ['a word of more than 200 characters in a text', `alpha,${'x'.repeat(201)}`],
    ['more than 100,000 characters', ' '.repeat(100_001)],
  ])('refuses %s', async (_, space_ids) => {
    const { call } = await withBank();
    await expect(call(tools.bank_stale_spaces, { space_ids })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('takes 1,000, as a list and as a text', async () => {
    const { call } = await withBank();
    for (const space_ids of [many.slice(1), many.slice(1).join(', ')])
      expect(await call(tools.bank_stale_spaces, { space_ids })).toMatchObject({ status: 'ok' });
  });
});
