import { describe, expect, it } from '@jest/globals';
import { CancelledError, ownerCaller } from '@live-mem/core';
import { tools } from '@live-mem/tools';
import { openChecked, type TestTools } from './open-tools.ts';

const alpha = { space_id: 'alpha' };
const alphaOnly = { space_ids: 'alpha' };

async function withNotes(): Promise<TestTools> {
  const test = openChecked();
  await test.call(tools.space_create, { ...alpha, description: 'First' });
  await test.call(tools.live_note, { ...alpha, category: 'decision', content: 'One' });
  await test.call(tools.bank_consolidate, alpha);
  await test.call(tools.live_note, { ...alpha, category: 'todo', content: 'Two' });
  return test;
}

async function withBackup(): Promise<TestTools & { readonly backup_id: string }> {
  const test = await withNotes();
  const { backup_id = '' } = await test.call(tools.backup_create, { ...alpha, description: 'Before' });
  return { ...test, backup_id };
}

describe('a backup', () => {
  it('is taken, listed and verified', async () => {
    const { call } = await withNotes();
    const made = await call(tools.backup_create, { ...alpha, description: 'Before' });
    expect(made).toEqual({
      status: 'created',
      backup_id: 'alpha/2026-01-02T03-04-05',
      space_id: 'alpha',
      commit: 2,
      files_backed_up: 5,
      total_size: expect.any(Number),
    });
    expect(await call(tools.backup_list, {})).toEqual({
      status: 'ok',
      total: 1,
      backups: [
        {
          backup_id: made.backup_id,
          space_id: 'alpha',
          timestamp: '2026-01-02T03:04:05.000Z',
          description: 'Before',
          files_count: 5,
          total_size: made.total_size,
          complete: true,
          verifiable: true,
          commit: 2,
        },
      ],
    });
    expect(await call(tools.backup_list, { space_id: 'beta' })).toMatchObject({ total: 0 });
    expect(await call(tools.backup_verify, { backup_id: made.backup_id ?? '' })).toEqual({
      status: 'ok',
      files_checked: 5,
      verifiable: true,
      problems: [],
    });
  });

  it('that lost a file fails its verification, and is not restored', async () => {
    const { call, store, backup_id } = await withBackup();
    await store.delete(`_backups/${backup_id}/bank/notes.md`);
    expect(await call(tools.backup_verify, { backup_id })).toMatchObject({
      status: 'failed',
      problems: [{ path: 'bank/notes.md', fault: 'missing' }],
    });
    await expect(call(tools.backup_restore, { backup_id, as: 'copy' })).rejects.toThrow(/damaged: it would be refused/);
    await expect(call(tools.backup_restore, { backup_id, as: 'copy', confirm: true })).rejects.toMatchObject({
      code: 'BACKUP_DAMAGED',
    });
  });

  it('becomes the space again that was deleted, once that is confirmed', async () => {
    const { call, backup_id } = await withBackup();
    await expect(call(tools.backup_restore, { backup_id, confirm: true })).rejects.toMatchObject({
      code: 'SPACE_EXISTS',
    });
    await expect(call(tools.space_delete, alpha)).rejects.toThrow(
      /the space alpha for good: 1 live notes, 1 documents/,
    );
    expect(await call(tools.space_delete, { ...alpha, confirm: true })).toMatchObject({ status: 'deleted' });
    await expect(call(tools.backup_restore, { backup_id })).rejects.toThrow(
      /^nothing was changed. It would make the space alpha of backup alpha\/\S+ \(5 files\); pass confirm=true/,
    );
    expect(await call(tools.backup_restore, { backup_id, confirm: true })).toMatchObject({
      status: 'ok',
      space_id: 'alpha',
      files_restored: 5,
      verified: true,
    });
    expect(await call(tools.space_summary, alpha)).toMatchObject({ description: 'First', live: { notes_count: 1 } });
  });

  it('becomes another space, which its restorer may enter', async () => {
    const { call, memory, backup_id } = await withBackup();
    const { token } = await call(tools.admin_create_token, { name: 'bob', permissions: 'manage', ...alphaOnly });
    const bob = await memory.tokens.authenticate(token);
    await call(tools.backup_restore, { backup_id, as: 'copy', confirm: true }, bob);
    expect(await call(tools.space_list, {}, await memory.tokens.authenticate(token))).toMatchObject({
      spaces: [{ space_id: 'alpha' }, { space_id: 'copy' }],
    });
  });

  it('is handed out with its secrets masked', async () => {
    const { call, store } = await withNotes();
    const meta = JSON.parse((await store.get('alpha/_meta.json'))?.body ?? '') as object;
    await store.put('alpha/_meta.json', JSON.stringify({ ...meta, graph_memory: { url: 'u', token: 'hunter2' } }));
    const { backup_id = '' } = await call(tools.backup_create, alpha);
    const downloaded = await call(tools.backup_download, { backup_id });
    const exported = await call(tools.space_export, alpha);
    for (const { status, archive_base64, archive_size, files_count } of [downloaded, exported]) {
      const text = Buffer.from(archive_base64, 'base64').toString();
      expect({ status, files_count, size: archive_size }).toEqual({ status: 'ok', files_count: 5, size: text.length });
      expect(text).toMatch(/^alpha\S*\/bank\/notes.md$/m);
      expect(text).not.toContain('hunter2');
    }
  });

  it('is deleted for good, once that is confirmed', async () => {
    const { call, backup_id } = await withBackup();
    await expect(call(tools.backup_delete, { backup_id })).rejects.toThrow(/It would delete backup \S+ \(5 files\)/);
    expect(await call(tools.backup_list, {})).toMatchObject({ total: 1 });
    expect(await call(tools.backup_delete, { backup_id, confirm: true })).toEqual({
      status: 'deleted',
      files_deleted: 7,
    });
    await expect(call(tools.backup_delete, { backup_id })).rejects.toMatchObject({ code: 'BACKUP_NOT_FOUND' });
  });

  it('is never deleted unconfirmed, even where the listing does not show it', async () => {
    const { call, memory, backup_id } = await withBackup();
    const blind = { ...memory, backups: { ...memory.backups, list: async () => ({ backups: [] }) } };
    const asked = tools.backup_delete.call(blind, { backup_id }, { caller: ownerCaller('ann') });
    await expect(asked).rejects.toMatchObject({ code: 'BACKUP_NOT_FOUND' });
    expect(await call(tools.backup_verify, { backup_id })).toMatchObject({ status: 'ok' });
  });

  it('is known by its id alone', async () => {
    const { call } = await withBackup();
    await expect(call(tools.backup_verify, { backup_id: '../x' })).rejects.toThrow(/^backup_id: is no id of a backup/);
    await expect(call(tools.backup_create, { space_id: '../x' })).rejects.toThrow(/^space_id: takes letters/);
    await expect(
      call(tools.backup_restore, { backup_id: 'alpha/2026-01-02T03-04-05', as: '../x', confirm: true }),
    ).rejects.toThrow(/^as: takes letters/);
  });
});

describe('backups of all spaces', () => {
  it('take an administrator, and are of the spaces it may enter', async () => {
    const { call, memory } = await withNotes();
    await call(tools.space_create, { space_id: 'beta' });
    const manager = await call(tools.admin_create_token, { name: 'm', permissions: 'manage', ...alphaOnly });
    const admin = await call(tools.admin_create_token, { name: 'a', permissions: 'admin', ...alphaOnly });
    const asManager = await memory.tokens.authenticate(manager.token);
    await expect(call(tools.backup_create, {}, asManager)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const asAdmin = await memory.tokens.authenticate(admin.token);
    expect(await call(tools.backup_create, {}, asAdmin)).toMatchObject({
      status: 'created',
      backups: [{ space_id: 'alpha', files_backed_up: 5 }],
    });
    const all = await call(tools.backup_create, {});
    expect(all).toMatchObject({ backups: [{ space_id: 'alpha' }, { space_id: 'beta' }] });
    const files = all.backups?.map(({ files_backed_up }) => files_backed_up) ?? [];
    expect(all.files_backed_up).toBe(files.reduce((a, b) => a + b, 0));
  });

  it('go on after one that cannot be taken, which is told', async () => {
    const { call, store } = await withNotes();
    await store.put('aaa/_meta.json', '{"half');
    expect(await call(tools.backup_create, {})).toMatchObject({
      status: 'partial',
      backups: [{ space_id: 'aaa', error: expect.stringContaining('aaa/_meta.json') }, { space_id: 'alpha' }],
    });
  });

  it('end where they are cancelled', async () => {
    const { memory } = await withNotes();
    const signal = AbortSignal.abort();
    const cancelled = tools.backup_create.call(memory, {}, { caller: ownerCaller('ann'), signal });
    await expect(cancelled).rejects.toThrow(CancelledError);
  });
});

async function* nineMebibytes(): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < 9; at++) yield new Uint8Array(1024 * 1024);
}

describe('an archive', () => {
  const owner = ownerCaller('ann');

  it('of more than 8 MiB names the command that makes it in any size', async () => {
    const { memory } = await withNotes();
    await expect(
      tools.space_export.call(memory, alpha, { caller: owner, archive: nineMebibytes }),
    ).rejects.toMatchObject({
      code: 'TOO_LARGE',
      message: expect.stringContaining('live-mem space export alpha -o FILE'),
    });
  });

  it('is named by its command where a surface passes none on', async () => {
    const { memory, backup_id } = await withBackup();
    await expect(tools.backup_download.call(memory, { backup_id }, { caller: owner })).rejects.toMatchObject({
      code: 'TOO_LARGE',
      message: expect.stringContaining(`live-mem backup download ${backup_id} -o FILE`),
    });
  });
});
