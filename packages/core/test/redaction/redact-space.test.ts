import { describe, expect, it } from '@jest/globals';
import { StoreUnavailableError } from '@live-mem/core';
import { audit } from '../log/judging/audit.ts';
import { openMemory } from '../open-memory.ts';
import { objectsOf } from './objects.ts';
import { alpha, leaks, notesOf, read, redact, SECRET, STARS, withSecret, write } from './with-secret.ts';

describe('a dry run', () => {
  it('tells where the secret is, and writes nothing', async () => {
    const test = await withSecret();
    const before = await objectsOf(test.store);
    const [live] = await notesOf(test).then((notes) => notes.filter(({ content }) => content.startsWith('live')));
    const [backup] = (await test.memory.backups.list({})).backups;
    expect(await redact(test, { dryRun: true })).toEqual({
      notes: [live?.filename],
      leftovers: [],
      documents: ['_rules.md', 'a.md', 'notes.md'],
      commits: [2, 3, 4, 5],
      backups: [{ backup: backup?.backup, files: 5 }],
      meta: true,
      names: [],
    });
    expect(await objectsOf(test.store)).toBe(before);
  });

  it('writes nothing in a space without a log', async () => {
    const test = await openMemory();
    await test.store.put('old/_meta.json', '{"description":"x"}');
    await test.store.put('old/bank/a.md', `a ${SECRET}`);
    expect(await test.memory.spaces.redact({ space: 'old', text: SECRET, dryRun: true })).toMatchObject({
      documents: ['a.md'],
    });
    expect(await test.keys('old/')).toEqual(['old/_meta.json', 'old/bank/a.md']);
  });
});

describe('a redaction', () => {
  it('leaves the secret nowhere, and the log consistent', async () => {
    const test = await withSecret();
    const told = await redact(test, { dryRun: true });
    expect(await redact(test)).toEqual({ ...told, commit: 6, left: [] });
    expect(await leaks(test)).toEqual([]);
    expect(await audit(await objectsOf(test.store))).toBeUndefined();
  });

  it('puts stars in its place: in documents, rules, notes, and what is said of the space', async () => {
    const test = await withSecret();
    await redact(test);
    expect(await read(test, 'a.md')).toBe(`one\n${STARS} changed\nthree\n`);
    const summary = await test.memory.spaces.summary({ space: 'alpha' });
    expect(summary.rules).toBe(`# Rules\n\nNever say ${STARS}.\n`);
    expect((await test.memory.spaces.info({ space: 'alpha' })).description).toBe(`for ${STARS}`);
    expect((await notesOf(test)).map(({ content }) => content).toSorted()).toEqual(['innocent', `live ${STARS}`]);
  });

  it('is told by the history, without the secret, and cannot be undone', async () => {
    const test = await withSecret();
    const { commit } = await redact(test);
    const { commits } = await test.memory.bank.history({ space: 'alpha' });
    expect(commits[0]).toMatchObject({
      commit,
      kind: 'redact',
      actor: 'ann',
      notes: 1,
      restored: 1,
      files: ['_rules.md', 'a.md', 'notes.md'],
      warnings: ['a secret was taken out of 1 notes, 3 documents, 4 commits and 5 files of backups'],
    });
    await expect(test.memory.bank.undo({ ...alpha, commit: commit ?? 0 })).rejects.toThrow('took out a secret');
  });

  it('finds nothing and changes nothing when it is run again', async () => {
    const test = await withSecret();
    await redact(test);
    const before = await objectsOf(test.store);
    expect(await redact(test)).toEqual({
      notes: [],
      leftovers: [],
      documents: [],
      commits: [],
      backups: [],
      meta: false,
      names: [],
      left: [],
    });
    expect(await objectsOf(test.store)).toBe(before);
  });

  it('is logged also where only the history held the secret', async () => {
    const test = await openMemory();
    await write(test, 'a.md', SECRET);
    await write(test, 'a.md', 'clean\n');
    expect(await redact(test)).toMatchObject({ documents: [], notes: [], commits: [2], commit: 4 });
    expect(await leaks(test)).toEqual([]);
    const { commits } = await test.memory.bank.history({ space: 'alpha' });
    expect(commits[0]).toMatchObject({ commit: 4, kind: 'redact', files: [] });
  });

  it('takes an edit by hand into the log, and the secret out of both', async () => {
    const test = await openMemory();
    await write(test, 'a.md', 'a\n');
    await test.store.put('alpha/bank/a.md', `a\n${SECRET}\n`);
    await redact(test);
    expect(await read(test, 'a.md')).toBe(`a\n${STARS}\n`);
    expect(await leaks(test)).toEqual([]);
  });

  it('takes a space of another program into the log, without the secret', async () => {
    const test = await openMemory();
    await test.store.put('old/_meta.json', `{"description":${JSON.stringify(SECRET)}, "graph_memory": {"id": 7}}`);
    await test.store.put('old/bank/a.md', SECRET);
    await test.store.put(
      'old/live/20200102T030405_bob_todo_0123abcd.md',
      `---\ntimestamp: 2020-01-02T03:04:05Z\nagent: bob\ncategory: todo\ntags: []\n---\n\n${SECRET}`,
    );
    expect(await test.memory.spaces.redact({ space: 'old', text: SECRET })).toMatchObject({ left: [], meta: true });
    expect(await leaks(test)).toEqual([]);
    expect(JSON.parse((await test.store.get('old/_meta.json'))?.body ?? '')).toMatchObject({ graph_memory: { id: 7 } });
    const { notes } = await test.memory.notes.read({ space: 'old' });
    expect(notes).toMatchObject([{ content: STARS, agent: 'bob', timestamp: '2020-01-02T03:04:05.000Z' }]);
  });

  it('makes as many commits as it takes', async () => {
    const test = await openMemory();
    for (let n = 0; n < 101; n++) await test.note(`${n} ${SECRET}`);
    for (const name of ['a', 'b']) await write(test, `${name}.md`, `${SECRET}${'"'.repeat(1_800_000)}`);
    await redact(test);
    const { commits } = await test.memory.bank.history({ space: 'alpha' });
    const made = commits.filter(({ kind }) => kind === 'redact');
    expect(made.reduce((sum, { restored }) => sum + restored, 0)).toBe(101);
    expect(made.flatMap(({ files }) => files).toSorted()).toEqual(['a.md', 'b.md']);
    expect(made).toHaveLength(2);
    expect(await leaks(test)).toEqual([]);
  }, 30_000);

  it('deletes notes with the secret that lie about though they were consumed', async () => {
    const test = await openMemory();
    const { filename } = await test.note(SECRET);
    const late = (await test.store.get(`alpha/live/${filename}`))?.body ?? '';
    await test.consolidate();
    const quiet = test.another(undefined, { ...test.store, deleteMany: async () => undefined });
    await test.store.put(`alpha/live/${filename}`, late);
    expect(await quiet.spaces.redact({ ...alpha, text: SECRET, dryRun: true })).toMatchObject({
      leftovers: [filename],
    });
    await redact(test);
    expect(await leaks(test)).toEqual([]);
    expect(await notesOf(test)).toEqual([]);
  });

  it('deletes notes with the secret that an earlier life of the id has left', async () => {
    const test = await openMemory();
    const { filename } = await test.note(SECRET);
    const late = (await test.store.get(`alpha/live/${filename}`))?.body ?? '';
    for (const life of [1, 2]) {
      await test.memory.spaces.delete(alpha);
      await test.memory.spaces.create({ ...alpha, description: `life ${life}` });
    }
    const [, life = ''] =
      /"life": "(.*?)"/.exec((await test.store.get('alpha/_commits/0000000001.json'))?.body ?? '') ?? [];
    const ofThatLife = late.includes('\nlife: ') ? late : late.replace('\n---\n', `\nlife: "${life}"\n---\n`);
    await test.store.put(`alpha/live/${filename}`, ofThatLife);
    expect(await redact(test)).toMatchObject({ notes: [], leftovers: [filename], left: [] });
    expect(await leaks(test)).toEqual([]);
  });

  it('never writes the secret into its own commit', async () => {
    const test = await openMemory();
    const beta = { space: 'beta', actor: 'ann' };
    await test.memory.spaces.create({ ...beta, description: SECRET, owner: SECRET });
    await test.memory.bank.write({ ...beta, filename: 'a.md', content: SECRET });
    await test.memory.notes.write({ space: 'beta', agent: 'bob', category: 'todo', content: SECRET });
    const commits: string[] = [];
    const watched = test.another(undefined, {
      ...test.store,
      put: async (...request) => {
        if (request[0].endsWith('/_commits/0000000003.json')) commits.push(request[1]);
        return test.store.put(...request);
      },
    });
    await watched.spaces.redact({ ...beta, text: SECRET, actor: SECRET });
    expect(commits[0]).toContain('"kind": "redact"');
    expect(commits.filter((body) => body.includes('hunter2'))).toEqual([]);
  });

  it('shows what it changed once more where that failed the first time', async () => {
    const test = await withSecret();
    let failures = 1;
    const failing = test.another(undefined, {
      ...test.store,
      deleteMany: async (keys) => {
        if (failures-- > 0) throw new StoreUnavailableError('no answer');
        return test.store.deleteMany(keys);
      },
    });
    expect(await failing.spaces.redact({ ...alpha, text: SECRET })).toMatchObject({ left: [] });
    expect(await leaks(test)).toEqual([]);
  });

  it('goes by what is stored, not by what this process remembers of it', async () => {
    const test = await withSecret();
    const other = test.another();
    for (const commit of [2, 3, 4, 5]) await other.bank.diff({ space: 'alpha', commit });
    await redact(test);
    expect(await other.spaces.redact({ ...alpha, text: SECRET })).toMatchObject({
      commits: [],
      documents: [],
      left: [],
    });
    expect((await test.memory.bank.history({ space: 'alpha' })).commits[0]).toMatchObject({ commit: 6 });
  });
});
