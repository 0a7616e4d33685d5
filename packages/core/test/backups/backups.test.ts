import { describe, expect, it } from '@jest/globals';
import { type Caller, ownerCaller } from '@live-mem/core';
import { openMemory, type TestMemory } from '../open-memory.ts';
import { collected, textsOf } from './texts.ts';

const space = 'alpha';

/** A space with two documents, a note that is live and one that was consumed. */
async function filled(): Promise<TestMemory> {
  const test = await openMemory();
  await test.memory.bank.write({ space, filename: 'x.md', content: 'x\n' });
  await test.note('consumed');
  await test.consolidate();
  await test.note('live one');
  test.clock.advance(1_000);
  return test;
}

describe('a backup', () => {
  it('is the state of one commit, told by a manifest that is written last', async () => {
    const { memory, keys, store } = await filled();
    const made = await memory.backups.create({ space, description: 'first', actor: 'ann' });
    expect(made).toMatchObject({ backup: 'alpha/2026-01-02T03-04-06', commit: 3, deleted: [], warnings: [] });
    const prefix = `_backups/${made.backup}/`;
    const names = (await keys(prefix)).map((key) => key.slice(prefix.length));
    expect(names).toEqual([
      '_claim.json',
      '_manifest.json',
      '_meta.json',
      '_rules.md',
      '_synthesis.md',
      'bank/notes.md',
      'bank/x.md',
      expect.stringMatching(/^live\/.*_cline_observation_/),
    ]);
    const manifest = JSON.parse((await store.get(`${prefix}_manifest.json`))?.body ?? '') as Record<string, unknown>;
    expect(manifest).toMatchObject({ format: 1, space_id: space, commit: 3, actor: 'ann', description: 'first' });
    expect(await memory.backups.list()).toEqual({
      backups: [
        {
          backup: made.backup,
          space,
          at: '2026-01-02T03:04:06.000Z',
          description: 'first',
          files: 6,
          totalSize: made.totalSize,
          complete: true,
          verifiable: true,
          commit: 3,
        },
      ],
    });
    expect(await memory.backups.verify({ backup: made.backup })).toEqual({
      ok: true,
      problems: [],
      files: 6,
      verifiable: true,
    });
  });

  it('gets an id of its own where two are taken in one second', async () => {
    const { memory, another } = await filled();
    const made = await Promise.all([memory, another(), another()].map((one) => one.backups.create({ space })));
    expect(new Set(made.map(({ backup }) => backup)).size).toBe(3);
    for (const { backup } of made) expect((await memory.backups.verify({ backup })).ok).toBe(true);
  });

  it('names the notes that are no text, and copies all others', async () => {
    const { memory, store } = await filled();
    store.setBytes(`${space}/live/20250101T000000_a_todo_0123abcd.md`, new Uint8Array([0xff]));
    const { backup, warnings, files } = await memory.backups.create({ space });
    expect([warnings, files]).toEqual([['20250101T000000_a_todo_0123abcd.md is no text, and not in it'], 6]);
    expect((await memory.backups.verify({ backup })).ok).toBe(true);
  });

  it('is refused of a space that does not exist', async () => {
    const { memory } = await openMemory();
    await expect(memory.backups.create({ space: 'nope' })).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
    await expect(memory.backups.verify({ backup: 'alpha/2026-01-02T03-04-06' })).rejects.toMatchObject({
      code: 'BACKUP_NOT_FOUND',
    });
    await expect(memory.backups.verify({ backup: 'alpha/../beta' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('that was cancelled is told as incomplete, and never restored', async () => {
    const { memory } = await filled();
    const signal = AbortSignal.abort();
    await expect(memory.backups.create({ space, signal })).rejects.toMatchObject({ code: 'CANCELLED' });
    const [left] = (await memory.backups.list()).backups;
    expect(left).toMatchObject({ complete: false });
    const backup = left?.backup ?? '';
    expect((await memory.backups.verify({ backup })).problems).toEqual([
      { path: '_manifest.json', fault: 'incomplete' },
    ]);
    await expect(memory.backups.restore({ backup, as: 'beta' })).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
  });
});

describe('verify finds', () => {
  const damages: [string, (test: TestMemory, prefix: string) => Promise<unknown>, unknown][] = [
    ['a missing object', ({ store }, at) => store.delete(`${at}bank/x.md`), { path: 'bank/x.md', fault: 'missing' }],
    ['a changed byte', ({ store }, at) => store.put(`${at}bank/x.md`, 'y\n'), { path: 'bank/x.md', fault: 'changed' }],
    ['an added object', ({ store }, at) => store.put(`${at}bank/z.md`, ''), { path: 'bank/z.md', fault: 'added' }],
    [
      'a cut manifest',
      async ({ store }, at) => {
        const text = (await store.get(`${at}_manifest.json`))?.body ?? '';
        await store.put(`${at}_manifest.json`, text.slice(0, text.length / 2));
      },
      { path: '_manifest.json', fault: 'unreadable' },
    ],
  ];

  it.each(damages)('%s, and restore refuses the backup before it changes anything', async (_, damage, problem) => {
    const test = await filled();
    const { backup } = await test.memory.backups.create({ space });
    await damage(test, `_backups/${backup}/`);
    expect(await test.memory.backups.verify({ backup })).toMatchObject({ ok: false, problems: [problem] });
    await expect(test.memory.backups.restore({ backup, as: 'beta' })).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
    expect(await test.keys('beta/')).toEqual([]);
  });
});

describe('restoring', () => {
  it('gives back all there was, after the space was deleted, and notes live once', async () => {
    const { memory, another } = await filled();
    const before = await textsOf(memory);
    const { backup } = await memory.backups.create({ space });
    await memory.spaces.delete({ space });
    expect(await memory.backups.restore({ backup, actor: 'ann' })).toMatchObject({ space, files: 6, verified: true });
    for (const one of [memory, another()]) expect(await textsOf(one)).toEqual(before);
    const { consolidationCount, description } = await memory.spaces.info({ space });
    expect({ consolidationCount, description }).toEqual({ consolidationCount: 1, description: '' });
    expect(await memory.bank.consolidate({ space })).toMatchObject({ notesProcessed: 1 });
  });

  it('gives a note back that was consumed since, though its old name is never live again', async () => {
    const { memory } = await filled();
    const { backup } = await memory.backups.create({ space });
    await memory.bank.consolidate({ space });
    await memory.spaces.delete({ space });
    await memory.backups.restore({ backup });
    const { notes } = await memory.notes.read({ space });
    expect(notes.map(({ content }) => content)).toEqual(['live one']);
  });

  it('makes another space of it, beside the first', async () => {
    const { memory } = await filled();
    const { backup } = await memory.backups.create({ space });
    await memory.bank.write({ space, filename: 'x.md', content: 'later\n' });
    await memory.backups.restore({ backup, as: 'beta' });
    expect((await textsOf(memory, 'beta'))['x.md']).toBe('x\n');
    expect((await textsOf(memory))['x.md']).toBe('later\n');
  });

  it('is refused where the space exists, and answers the same where it is done already', async () => {
    const { memory } = await filled();
    const { backup } = await memory.backups.create({ space });
    await expect(memory.backups.restore({ backup })).rejects.toMatchObject({ code: 'SPACE_EXISTS' });
    const first = await memory.backups.restore({ backup, as: 'beta' });
    expect(await memory.backups.restore({ backup, as: 'beta' })).toEqual(first);
    await memory.bank.write({ space: 'beta', filename: 'x.md', content: 'later\n' });
    await expect(memory.backups.restore({ backup, as: 'beta' })).rejects.toMatchObject({ code: 'SPACE_EXISTS' });
  });

  it('lets its token in, and no other that had the id', async () => {
    const { memory } = await filled();
    const old = await memory.tokens.create({ name: 'old', permissions: ['read'], spaces: [space] });
    const mine = await memory.tokens.create({ name: 'mine', permissions: ['manage'], spaces: [space] });
    const { backup } = await memory.backups.create({ space });
    await memory.spaces.delete({ space });
    await memory.backups.restore({ backup, creator: mine.hash });
    await expect(memory.tokens.authorize(mine.token, 'manage', space)).resolves.toMatchObject({ name: 'mine' });
    await expect(memory.tokens.authorize(old.token, 'read', space)).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
  });

  it('of two backups into one id at once, one wins whole and the other is refused', async () => {
    for (let round = 0; round < 20; round++) {
      const { memory, another } = await filled();
      const first = await memory.backups.create({ space });
      await memory.bank.write({ space, filename: 'x.md', content: 'later\n' });
      await memory.bank.write({ space, filename: 'y.md', content: 'new\n' });
      const second = await memory.backups.create({ space });
      const done = await Promise.allSettled(
        [first, second].map(({ backup }) => another().backups.restore({ backup, as: 'beta' })),
      );
      const won = done.findIndex(({ status }) => status === 'fulfilled');
      expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const lost = done[1 - won];
      expect(['SPACE_EXISTS', 'RESTORE_CONFLICT']).toContain(
        (lost?.status === 'rejected' && (lost.reason as { code: string }).code) || '',
      );
      expect((await textsOf(memory, 'beta'))['x.md']).toBe(won === 0 ? 'x\n' : 'later\n');
      expect((await textsOf(memory, 'beta'))['y.md']).toBe(won === 0 ? undefined : 'new\n');
    }
  });

  it('by several at once is done once', async () => {
    const { memory, another, note } = await filled();
    for (let n = 0; n < 30; n++) await note(`note ${n}`);
    const before = await textsOf(memory);
    const { backup } = await memory.backups.create({ space });
    await memory.spaces.delete({ space });
    const done = await Promise.all([memory, another(), another()].map((one) => one.backups.restore({ backup })));
    expect(new Set(done.map(({ commit }) => commit)).size).toBe(1);
    expect(await textsOf(another())).toEqual(before);
  });

  it('that was broken off is given up by deleting the space; then another backup may have the id', async () => {
    const { memory, store, another } = await filled();
    const { backup } = await memory.backups.create({ space });
    await memory.backups.restore({ backup, as: 'beta' });
    // As if it had died before its last commit.
    const last = (await memory.bank.history({ space: 'beta' })).commits[0]?.commit ?? 0;
    await store.delete(`beta/_commits/${String(last).padStart(10, '0')}.json`);
    const other = another();
    await memory.bank.write({ space, filename: 'x.md', content: 'later\n' });
    const second = await memory.backups.create({ space });
    await expect(other.spaces.info({ space: 'beta' })).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
    await expect(other.backups.restore({ backup: second.backup, as: 'beta' })).rejects.toMatchObject({
      code: 'RESTORE_CONFLICT',
    });
    await other.spaces.delete({ space: 'beta' });
    await other.backups.restore({ backup: second.backup, as: 'beta' });
    expect((await textsOf(another(), 'beta'))['x.md']).toBe('later\n');
  });
});

function may(permission: 'read' | 'admin', ...spaces: string[]): Caller {
  return { kind: 'token', name: 'a', permission, spaces: new Set(spaces) };
}

describe('who may see backups', () => {
  it('is who may enter the space; for all others there are none', async () => {
    const { memory } = await filled();
    const { backup } = await memory.backups.create({ space });
    const seen = async (caller: Parameters<typeof memory.backups.verify>[0]['caller']): Promise<number> =>
      (await memory.backups.list({ caller })).backups.length;
    expect(await seen(may('read', space))).toBe(1);
    expect(await seen(may('read', 'beta'))).toBe(0);
    expect(await seen(may('admin'))).toBe(0);
    expect(await seen(ownerCaller('me'))).toBe(1);
    const caller = may('read', 'beta');
    for (const call of [memory.backups.verify, memory.backups.download, memory.backups.delete, memory.backups.restore])
      await expect(call({ backup, caller })).rejects.toMatchObject({ code: 'BACKUP_NOT_FOUND' });
  });

  it('is not who has the id of a space in its second life; but who restored it', async () => {
    const { memory } = await filled();
    const { backup } = await memory.backups.create({ space });
    const caller = may('read', space);
    await memory.spaces.delete({ space });
    expect((await memory.backups.list({ caller })).backups).toEqual([]);
    await memory.spaces.create({ space });
    expect((await memory.backups.list({ caller })).backups).toEqual([]);
    await expect(memory.backups.download({ backup, caller })).rejects.toMatchObject({ code: 'BACKUP_NOT_FOUND' });
    expect((await memory.backups.list({ caller: may('admin') })).backups).toHaveLength(1);
    await memory.spaces.delete({ space });
    await memory.backups.restore({ backup });
    expect((await memory.backups.list({ caller })).backups).toHaveLength(1);
  });
});

describe('what leaves the memory', () => {
  it('holds no hash of a token and no secret of another program', async () => {
    const { memory, store } = await filled();
    const { hash } = await memory.tokens.create({ name: 'mine', permissions: ['admin'] });
    await memory.spaces.create({ space: 'own', creator: hash });
    const meta = JSON.parse((await store.get('own/_meta.json'))?.body ?? '') as Record<string, unknown>;
    expect(meta['creator_token_hash']).toBe(hash);
    await store.put('own/_meta.json', JSON.stringify({ ...meta, graph_memory: { url: 'u', token: 'hidden' } }));
    const { backup } = await memory.backups.create({ space: 'own' });
    for (const { files } of [await memory.backups.download({ backup }), await memory.spaces.export({ space: 'own' })]) {
      const texts = await collected(files);
      expect(JSON.parse(texts.get('_meta.json') ?? '')).toMatchObject({ graph_memory: { url: 'u', token: '***' } });
      expect([...texts.values()].join('')).not.toMatch(/hidden|sha256:/);
    }
  });

  it('is all files of a space, as of one commit', async () => {
    const { memory } = await filled();
    const { commit, files, filesCount } = await memory.spaces.export({ space });
    await memory.bank.write({ space, filename: 'x.md', content: 'later\n' });
    await memory.bank.consolidate({ space });
    const texts = await collected(files);
    expect([commit, filesCount, texts.size]).toEqual([3, 6, 6]);
    expect(texts.get('bank/x.md')).toBe('x\n');
    expect([...texts.keys()].filter((path) => path.startsWith('live/'))).toHaveLength(1);
  });
});

describe('deleting and keeping', () => {
  it('deletes all of a backup, and goes on where it was broken off', async () => {
    const { memory, store, keys } = await filled();
    const { backup } = await memory.backups.create({ space });
    await store.put(`_backups/${backup}/_deleting.json`, '{}');
    await store.delete(`_backups/${backup}/_manifest.json`);
    expect((await memory.backups.list()).backups).toMatchObject([{ complete: false }]);
    await memory.backups.delete({ backup });
    expect(await keys('_backups/')).toEqual([]);
    await expect(memory.backups.delete({ backup })).rejects.toMatchObject({ code: 'BACKUP_NOT_FOUND' });
  });

  it('keeps the newest five, and throws away what was broken off a day ago', async () => {
    const { memory, clock } = await filled();
    await memory.backups.create({ space, signal: AbortSignal.abort() }).catch(() => undefined);
    const made: string[] = [];
    for (let n = 0; n < 7; n++) {
      clock.advance(60_000);
      made.push((await memory.backups.create({ space })).backup);
    }
    const left = async (): Promise<string[]> => (await memory.backups.list()).backups.map(({ backup }) => backup);
    expect((await left()).slice(0, 5)).toEqual(made.slice(2).toReversed());
    expect(await left()).toHaveLength(6);
    clock.advance(86_400_000);
    const { deleted } = await memory.backups.create({ space });
    expect(deleted).toHaveLength(2);
    expect(await left()).toHaveLength(5);
  });
});
