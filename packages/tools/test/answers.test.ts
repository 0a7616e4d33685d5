import { describe, expect, it } from '@jest/globals';
import { ownerCaller } from '@live-mem/core';
import { liveImport, tools } from '@live-mem/tools';
import { openChecked, openTools, type TestTools } from './open-tools.ts';

const alpha = { space_id: 'alpha' };

async function withBank(): Promise<TestTools> {
  const test = openChecked();
  await test.call(tools.space_create, { ...alpha, rules: '# Rules\n', description: 'First', owner: 'ann@example.org' });
  await test.call(tools.live_note, { ...alpha, category: 'decision', content: 'One', tags: 's3, , store ' });
  await test.call(tools.bank_consolidate, alpha);
  return test;
}

describe('spaces', () => {
  it('are created once', async () => {
    const { call } = openChecked();
    expect(await call(tools.space_create, { ...alpha, rules: '# R' })).toEqual({
      status: 'created',
      rules_size: 3,
      created_at: '2026-01-02T03:04:05.000Z',
    });
    expect(await call(tools.space_create, alpha)).toEqual({ status: 'already_exists' });
  });

  it('are listed, those that cannot be read by themselves', async () => {
    const { call, store } = await withBank();
    await store.put('broken/_meta.json', '{"half');
    const answer = await call(tools.space_list, {});
    expect(answer).toMatchObject({ status: 'ok', total: 1, unreadable: [{ space_id: 'broken' }] });
    expect(answer.spaces).toEqual([
      {
        space_id: 'alpha',
        description: 'First',
        owner: 'ann@example.org',
        created_at: '2026-01-02T03:04:05.000Z',
        live_notes_count: 0,
        bank_files_count: 1,
      },
    ]);
  });

  it('are described in numbers', async () => {
    const { call } = await withBank();
    await call(tools.live_note, { ...alpha, category: 'todo', content: 'Two' });
    expect(await call(tools.space_info, alpha)).toMatchObject({
      live: { notes_count: 1, oldest_note: '2026-01-02T03:04:05.000Z', newest_note: '2026-01-02T03:04:05.000Z' },
      bank: { files_count: 1, files: ['notes.md'] },
      consolidation_count: 1,
      last_consolidation: '2026-01-02T03:04:05.000Z',
      synthesis_exists: true,
    });
  });

  it('are summarised, and show their rules', async () => {
    const { call } = await withBank();
    expect(await call(tools.space_rules, alpha)).toEqual({ status: 'ok', rules: '# Rules\n' });
    expect(await call(tools.space_summary, alpha)).toMatchObject({
      description: 'First',
      rules: '# Rules\n',
      synthesis: '1 notes came last.\n',
      bank_file_count: 1,
      bank_files: [{ filename: 'notes.md' }],
      live: { notes_count: 0 },
    });
  });

  it('have a description and an owner, empty where nobody gave one', async () => {
    const { call } = openChecked();
    await call(tools.space_create, alpha);
    const named = { description: '', owner: '' };
    expect(await call(tools.space_info, alpha)).toMatchObject(named);
    expect(await call(tools.space_list, {})).toMatchObject({ spaces: [named] });
  });

  it('without anything optional have no empty fields', async () => {
    const { call } = openChecked();
    await call(tools.space_create, alpha);
    expect(await call(tools.space_summary, alpha)).not.toHaveProperty('synthesis');
  });
});

describe('notes', () => {
  it('are signed with the name of who calls', async () => {
    const { call } = await withBank();
    const tags = ['a', ' b '];
    const { filename, ...answer } = await call(tools.live_note, { ...alpha, category: 'issue', content: 'Two', tags });
    expect(filename).toMatch(/^20260102T030405_ann_issue_[0-9a-f]{8}\.md$/);
    expect(answer).toMatchObject({
      status: 'created',
      agent: 'ann',
      category: 'issue',
      timestamp: '2026-01-02T03:04:05.000Z',
    });
    expect(await call(tools.live_read, alpha)).toMatchObject({
      notes: [{ content: 'Two', tags: ['a', 'b'] }],
      total: 1,
      has_more: false,
    });
  });

  it('are written once under one request id', async () => {
    const { call } = await withBank();
    const note = { ...alpha, category: 'todo', content: 'Two', request_id: 'r1' } as const;
    expect(await call(tools.live_note, note)).toEqual(await call(tools.live_note, note));
  });

  it('are read page by page; empty filters are none', async () => {
    const { call } = await withBank();
    for (const content of ['Two', 'Three', 'Four'])
      await call(tools.live_note, { ...alpha, category: 'todo', content });
    const none = { category: '', agent: '', since: '', cursor: '' } as const;
    const first = await call(tools.live_read, { ...alpha, ...none, limit: 2 });
    expect(first).toMatchObject({ total: 3, has_more: true });
    const second = await call(tools.live_read, { ...alpha, limit: 2, cursor: first.next_cursor });
    expect([...first.notes, ...second.notes]).toHaveLength(3);
    expect(second).not.toHaveProperty('next_cursor');
  });

  it('are found by what they say', async () => {
    const { call } = await withBank();
    await call(tools.live_note, { ...alpha, category: 'todo', content: 'Buy   Apples' });
    expect(await call(tools.live_search, { ...alpha, query: 'apples' })).toMatchObject({
      query: 'apples',
      notes: [{ content: 'Buy   Apples', snippet: 'Buy Apples' }],
    });
    expect(await call(tools.live_search, { ...alpha, query: 'pears' })).toMatchObject({ notes: [], has_more: false });
  });

  it('that cannot be read are named', async () => {
    const { call, store } = await withBank();
    await store.put('alpha/live/20260101T000000_x_todo_00000000.md', 'no front matter');
    expect(await call(tools.live_read, alpha)).toMatchObject({
      unreadable: [{ filename: '20260101T000000_x_todo_00000000.md' }],
    });
  });

  it('are imported once', async () => {
    const { call } = await withBank();
    const line = JSON.stringify({ timestamp: '2026-01-01T00:00:00Z', agent: 'bob', category: 'todo', content: 'Old' });
    const input = { ...alpha, lines: [line, '', line] };
    expect(await call(liveImport, input)).toEqual({ status: 'ok', lines: 2, imported: 1, already_there: 1 });
    expect(await call(liveImport, input)).toMatchObject({ imported: 0, already_there: 2 });
  });
});

describe('the bank', () => {
  it('answers a consolidation with every field of the report', async () => {
    const { call } = openChecked();
    await call(tools.space_create, alpha);
    await call(tools.live_note, { ...alpha, category: 'todo', content: 'One' });
    const report = await call(tools.bank_consolidate, alpha);
    expect(report).toMatchObject({
      status: 'ok',
      notes_processed: 1,
      notes_set_aside: [],
      notes_discarded: [],
      bank_files_created: ['notes.md'],
      bank_files_updated: [],
      bank_files_deleted: [],
      bank_files_unchanged: [],
      operations_applied: 1,
      operations_failed: 0,
      operation_failures: [],
      warnings: [],
      llm_tokens_used: 0,
      batches_total: 1,
      batches_completed: 1,
      commits: [2],
    });
    expect(report).not.toHaveProperty('dry_run');
  });

  it('lists the documents of a report by name', async () => {
    const names = ['b.md', 'a/z.md', 'a.md', 'Z.md'];
    const { call } = openTools({
      name: 'one for each note',
      limits: { countTokens: (text) => text.length },
      propose: async ({ documents, notes }) => ({
        edits: notes.map(({ id, content }) => {
          const operation = documents.some(({ filename }) => filename === content) ? 'rewrite' : 'create';
          return { operation, filename: content, content: `${id}\n`, notes: [id] } as const;
        }),
        fates: notes.map(({ id }) => ({ note: id, fate: 'integrated' as const })),
        synthesis: 'Several.\n',
      }),
    });
    await call(tools.space_create, alpha);
    for (const fate of ['created', 'updated']) {
      for (const content of names) await call(tools.live_note, { ...alpha, category: 'todo', content });
      const report = await call(tools.bank_consolidate, alpha);
      expect(report).toMatchObject({ [`bank_files_${fate}`]: ['Z.md', 'a.md', 'a/z.md', 'b.md'] });
    }
  });

  it('is not changed by a dry run', async () => {
    const { call } = await withBank();
    await call(tools.live_note, { ...alpha, category: 'todo', content: 'Two' });
    expect(await call(tools.bank_consolidate, { ...alpha, dry_run: true })).toMatchObject({
      dry_run: true,
      commits: [],
    });
    expect(await call(tools.live_read, alpha)).toMatchObject({ total: 1 });
  });

  it('consolidates the notes of one agent where one is named', async () => {
    const { call } = await withBank();
    await call(tools.live_note, { ...alpha, category: 'todo', content: 'Two' });
    expect(await call(tools.bank_consolidate, { ...alpha, agent: 'bob' })).toMatchObject({ notes_processed: 0 });
  });

  it('tells how far it has come', async () => {
    const { call, memory } = await withBank();
    await call(tools.live_note, { ...alpha, category: 'todo', content: 'Two' });
    const told: unknown[] = [];
    const onProgress = (progress: unknown): number => told.push(progress);
    await tools.bank_consolidate.call(memory, alpha, { caller: ownerCaller('ann'), onProgress });
    expect(told.at(-1)).toEqual({ done: 1, total: 1 });
  });

  it('is read, listed and written', async () => {
    const { call } = await withBank();
    const file = { ...alpha, filename: 'team/brief.md' };
    expect(await call(tools.bank_write, { ...file, content: 'é' })).toMatchObject({
      status: 'created',
      size: 2,
      commit: 3,
    });
    expect(await call(tools.bank_write, { ...file, content: 'é' })).toEqual({
      status: 'replaced',
      size: 2,
      unchanged: true,
    });
    expect(await call(tools.bank_write, { ...file, content: 'e' })).toMatchObject({ status: 'replaced', size: 1 });
    expect(await call(tools.bank_read, file)).toEqual({
      status: 'ok',
      filename: 'team/brief.md',
      content: 'e',
      size: 1,
    });
    expect(await call(tools.bank_list, alpha)).toMatchObject({ file_count: 2 });
    expect(await call(tools.bank_read_all, alpha)).toMatchObject({ file_count: 2, commit: 4 });
  });

  it('names the stored documents that cannot be read, and says that a write does not mend them', async () => {
    const { call, store } = await withBank();
    expect(await call(tools.bank_read_all, alpha)).not.toHaveProperty('unreadable');
    expect(await call(tools.space_summary, alpha)).not.toHaveProperty('unreadable');
    store.setBytes('alpha/bank/notes.md', Uint8Array.of(0xff));
    const unreadable = [{ filename: 'notes.md', reason: expect.stringContaining('key=alpha/bank/notes.md') }];
    expect(await call(tools.bank_read_all, alpha)).toMatchObject({ unreadable, files: [{ filename: 'notes.md' }] });
    expect(await call(tools.space_summary, alpha)).toMatchObject({ unreadable });
    expect(await call(tools.bank_write, { ...alpha, filename: 'notes.md', content: '# New\n' })).toMatchObject({
      status: 'replaced',
      warning: expect.stringContaining('key=alpha/bank/notes.md'),
    });
  });

  it('shows its history and what changed', async () => {
    const { call } = await withBank();
    expect(await call(tools.bank_history, { ...alpha, limit: 1 })).toMatchObject({
      commits: [{ commit: 2, kind: 'consolidate', actor: 'ann', notes: 1, files: ['_synthesis.md', 'notes.md'] }],
      next_cursor: 2,
    });
    const { diff } = await call(tools.bank_diff, { ...alpha, commit: 2, filename: 'notes.md' });
    expect(diff).toContain('+- One (');
  });

  it('deletes and undoes only what is confirmed', async () => {
    const { call } = await withBank();
    const file = { ...alpha, filename: 'notes.md' };
    await expect(call(tools.bank_delete, file)).rejects.toMatchObject({ code: 'CONFIRMATION_NEEDED' });
    await expect(call(tools.bank_undo, { ...alpha, commit: 2 })).rejects.toThrow(
      /consolidate by ann.*1 note; pass confirm=true/,
    );
    expect(await call(tools.bank_list, alpha)).toMatchObject({ file_count: 1 });
    expect(await call(tools.bank_delete, { ...file, confirm: true })).toEqual({ status: 'deleted', commit: 3 });
    await call(tools.bank_undo, { ...alpha, commit: 3, confirm: true });
    expect(await call(tools.bank_undo, { ...alpha, commit: 2, confirm: true })).toMatchObject({
      status: 'ok',
      commit: 5,
      notes_restored: 1,
    });
    expect(await call(tools.live_read, alpha)).toMatchObject({ total: 1 });
  });
});
