import { describe, expect, it } from '@jest/globals';
import { SpaceNotFoundError } from '@live-mem/core';
import { answering, appendingConsolidator, openMemory, type TestMemory } from '../open-memory.ts';

const DAY = 86_400_000;
const alpha = { space: 'alpha', actor: 'ann' };
const live = async ({ memory }: TestMemory) =>
  (await memory.notes.read({ space: 'alpha' })).notes.map(({ content }) => content).toSorted();
const counted = async ({ store }: TestMemory): Promise<number> =>
  (JSON.parse((await store.get('alpha/_meta.json'))?.body ?? '{}') as { total_notes_processed: number })
    .total_notes_processed;
const stored = async ({ store, keys }: TestMemory) => store.getMany(await keys());

/** Two old notes of cline and one of bob; then, after eight days, a new one. */
async function withOldNotes(test: TestMemory): Promise<void> {
  await test.note('old 1', { category: 'decision' });
  test.clock.advance(1_000);
  await test.note('old 2é', { category: 'todo' });
  await test.note('old of bob', { agent: 'bob', category: 'todo' });
  test.clock.advance(8 * DAY);
  await test.note('new');
}

describe('a dry run', () => {
  it('tells old notes by agent and category, with their bytes, the oldest and the newest, and writes nothing', async () => {
    const test = await openMemory();
    await withOldNotes(test);
    const before = await stored(test);
    const { old, count, deleted, commits } = await test.memory.notes.gc({ ...alpha, mode: 'dry-run' });
    expect(old).toEqual([
      {
        agent: 'cline',
        count: 2,
        categories: { decision: 1, todo: 1 },
        size: expect.any(Number),
        oldest: '2026-01-02T03:04:05.000Z',
        newest: '2026-01-02T03:04:06.000Z',
      },
      expect.objectContaining({ agent: 'bob', count: 1, categories: { todo: 1 } }),
    ]);
    const bodies = (await test.store.getMany(await test.keys('alpha/live/'))).map((answer) =>
      answer && 'body' in answer ? answer.body : '',
    );
    const ofCline = bodies.filter((body) => body.includes('old') && body.includes('cline'));
    expect(old[0]?.size).toBe(ofCline.reduce((sum, body) => sum + Buffer.byteLength(body), 0));
    expect({ count, deleted, commits }).toEqual({ count: 3, deleted: 0, commits: [] });
    expect(await stored(test)).toEqual(before);
  });

  it('writes nothing in a space without a log either', async () => {
    const test = await openMemory();
    await test.store.put('old/_meta.json', '{"description":"laid out by another program"}');
    await test.store.put(
      'old/live/20200102T030405_bob_todo_0123abcd.md',
      '---\ntimestamp: "2020-01-02T03:04:05Z"\nagent: bob\ncategory: todo\n---\n\nold',
    );
    expect(await test.memory.notes.gc({ space: 'old', mode: 'dry-run' })).toMatchObject({ count: 1 });
    expect(await test.keys('old/')).toEqual(['old/_meta.json', 'old/live/20200102T030405_bob_todo_0123abcd.md']);
  });

  it('goes by the clock of the store, and by the agent in the note', async () => {
    const test = await openMemory();
    await withOldNotes(test);
    const count = async (more: { maxAgeDays?: number; agent?: string }) =>
      (await test.memory.notes.gc({ ...alpha, mode: 'dry-run', ...more })).count;
    expect([await count({ maxAgeDays: 8 }), await count({ maxAgeDays: 9 })]).toEqual([3, 0]);
    expect([await count({ maxAgeDays: 0 }), await count({ maxAgeDays: 8.00001 })]).toEqual([4, 1]);
    expect([await count({ agent: 'bob' }), await count({ agent: 'bo' })]).toEqual([1, 0]);
  });

  it('refuses days that are none, and a space that is none', async () => {
    const { memory } = await openMemory();
    for (const maxAgeDays of [-1, 36_501, Number.NaN])
      await expect(memory.notes.gc({ ...alpha, mode: 'dry-run', maxAgeDays })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    await expect(memory.notes.gc({ space: 'nowhere', mode: 'delete' })).rejects.toThrow(SpaceNotFoundError);
  });
});

describe('consolidating old notes', () => {
  it('takes exactly those: younger ones stay live, and what arrives meanwhile too', async () => {
    const late: (() => Promise<unknown>)[] = [];
    const test = await openMemory(
      answering(async (request) => {
        for (const write of late.splice(0)) await write();
        return appendingConsolidator.propose(request, {});
      }),
    );
    await withOldNotes(test);
    late.push(() =>
      test.memory.notes.import({
        space: 'alpha',
        lines: [
          JSON.stringify({
            timestamp: '2020-01-01T00:00:00Z',
            agent: 'cline',
            category: 'todo',
            content: 'arrived late',
          }),
        ],
      }),
    );
    const { report, count } = await test.memory.notes.gc({ ...alpha, mode: 'consolidate' });
    expect([count, report?.notesProcessed]).toEqual([3, 3]);
    expect(await live(test)).toEqual(['arrived late', 'new']);
  });

  it('asks nobody where no note is old', async () => {
    const test = await openMemory(answering(() => Promise.reject(new Error('asked'))));
    await test.note('new');
    expect(await test.memory.notes.gc({ ...alpha, mode: 'consolidate' })).toMatchObject({ count: 0, old: [] });
  });
});

describe('throwing old notes away', () => {
  it('keeps their texts in the log with who did it, and undoing brings them back, once', async () => {
    const test = await openMemory();
    await withOldNotes(test);
    const { deleted, commits } = await test.memory.notes.gc({ ...alpha, mode: 'delete' });
    expect([deleted, await live(test)]).toEqual([3, ['new']]);
    const { commits: history } = await test.memory.bank.history({ space: 'alpha' });
    expect(history[0]).toMatchObject({ commit: commits[0], kind: 'gc', actor: 'ann', notes: 3, files: [] });
    const commit = JSON.parse((await test.store.get('alpha/_commits/0000000002.json'))?.body ?? '') as {
      consumed: { fate: unknown }[];
    };
    expect(commit.consumed[0]?.fate).toEqual({
      fate: 'discarded',
      reason: 'older than 7 days, thrown away by ann',
    });
    expect(await test.memory.bank.undo({ ...alpha, commit: commits[0] ?? 0 })).toMatchObject({ notesRestored: 3 });
    expect(await live(test)).toEqual(['new', 'old 1', 'old 2é', 'old of bob']);
    await expect(test.memory.bank.undo({ ...alpha, commit: commits[0] ?? 0 })).rejects.toMatchObject({
      code: 'UNDO_CONFLICT',
    });
  });

  it('counts them as dealt with, and no more once it is undone', async () => {
    const test = await openMemory();
    await withOldNotes(test);
    const { commits } = await test.memory.notes.gc({ ...alpha, mode: 'delete' });
    expect(await counted(test)).toBe(3);
    await test.memory.bank.undo({ ...alpha, commit: commits[0] ?? 0 });
    expect(await counted(test)).toBe(0);
  });

  it('makes a commit for every 200 notes', async () => {
    const test = await openMemory();
    for (let n = 0; n < 201; n++) await test.note(`old ${n}`);
    test.clock.advance(8 * DAY);
    const { deleted, commits } = await test.memory.notes.gc({ ...alpha, mode: 'delete' });
    expect([deleted, commits.length]).toEqual([201, 2]);
    expect(await live(test)).toEqual([]);
  });

  it('leaves notes alone that another process consolidated meanwhile', async () => {
    const test = await openMemory();
    await withOldNotes(test);
    const other = test.another();
    let isFirst = true;
    const racing = test.another(undefined, {
      ...test.store,
      put: async (...request) => {
        if (isFirst && request[0].includes('/_commits/')) {
          isFirst = false;
          await other.bank.consolidate({ space: 'alpha', actor: 'other', agent: 'cline' });
        }
        return test.store.put(...request);
      },
    });
    expect(await racing.notes.gc({ ...alpha, mode: 'delete' })).toMatchObject({ count: 3, deleted: 1 });
    expect((await test.another().bank.read({ space: 'alpha', filename: 'notes.md' })).content).toContain('old 1');
  });

  it('is cancelled between two commits', async () => {
    const test = await openMemory();
    await withOldNotes(test);
    const request = { ...alpha, mode: 'delete' as const, signal: AbortSignal.abort() };
    await expect(test.memory.notes.gc(request)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await live(test)).toHaveLength(4);
  });
});
