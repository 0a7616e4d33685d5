import { describe, expect, it } from '@jest/globals';
import {
  CommitNotFoundError,
  createLiveMemory,
  type LiveMemory,
  type ObjectStore,
  SpaceNotFoundError,
} from '@live-mem/core';
import { decodeCommit } from '../../src/log/commit.ts';
import { appendingConsolidator, openMemory, type TestMemory } from '../open-memory.ts';
import { firstLife, imported, pythonName, pythonNote, secondLife, secret, shownBy, space } from './two-lives.ts';

/** Nothing of the first life shows in the second, and the second is empty. */
async function expectNothingShows(memory: LiveMemory): Promise<void> {
  expect(JSON.stringify(await shownBy(memory))).not.toContain(secret);
  const { live, bank, consolidationCount, synthesisExists, description } = await memory.spaces.info({ space });
  expect([live.count, bank.files, consolidationCount, synthesisExists, description]).toEqual([0, [], 0, false, '']);
  expect(await memory.notes.read({ space })).toMatchObject({ notes: [], unreadable: [] });
  expect((await memory.bank.history({ space })).commits).toMatchObject([{ commit: 7, kind: 'create' }]);
  for (const commit of [1, 3, 4, 5, 6]) {
    await expect(memory.bank.undo({ space, commit })).rejects.toBeInstanceOf(CommitNotFoundError);
    await expect(memory.bank.diff({ space, commit })).rejects.toBeInstanceOf(CommitNotFoundError);
  }
  expect(await memory.bank.consolidate({ space, dryRun: true })).toMatchObject({ notesProcessed: 0 });
}

describe('the second life of an id', () => {
  it('shows nothing of the first, to whoever knew it or not', async () => {
    const test = await firstLife();
    const knew = test.another();
    await shownBy(knew).catch(() => undefined);
    await secondLife(test);
    for (const memory of [test.memory, knew, test.another()]) await expectNothingShows(memory);
    expect((await test.keys('alpha/')).filter((key) => !key.startsWith('alpha/_commits/'))).toEqual([
      'alpha/_head.json',
      'alpha/_meta.json',
      'alpha/_rules.md',
    ]);
  });

  it('shows nothing of the first either where the hint is lost', async () => {
    const test = await firstLife();
    await secondLife(test);
    await test.store.delete('alpha/_head.json');
    // Whoever only reads notes settles nothing.
    expect(await test.another().notes.read({ space })).toMatchObject({ notes: [], unreadable: [] });
    const other = test.another();
    await expectNothingShows(other);
    await other.bank.write({ space, filename: 'b.md', content: 'b' });
    expect(await test.keys('alpha/live/')).toEqual([]);
  });

  it.each<[string, (key: string) => boolean]>([
    ['before it deleted an object', () => true],
    ['while its notes were there', (key) => key.startsWith('alpha/live/')],
    ['while its documents were there', (key) => /\/(?:bank|_rules)/.test(key)],
    ['while what is said of it was there', (key) => key === 'alpha/_meta.json'],
    ['while requests were there', (key) => key.startsWith('alpha/_requests/')],
  ])('shows nothing of the first where its deletion died %s', async (_, stays) => {
    const test = await firstLife();
    const left = (await test.keys('alpha/')).filter((key) => !key.startsWith('alpha/_commits/') && stays(key));
    const bodies = await Promise.all(left.map(async (key) => [key, (await test.store.get(key))?.body ?? ''] as const));
    await test.memory.spaces.delete({ space });
    for (const [key, body] of bodies) await test.store.put(key, body);
    const other = test.another();
    await other.spaces.create({ space, rules: '# Second\n' });
    for (const memory of [other, test.another()]) await expectNothingShows(memory);
  });

  it('does not show a note of the first that is written late, with a life or without', async () => {
    const test = await firstLife();
    const late = test.another();
    await late.notes.read({ space });
    await test.memory.spaces.delete({ space });
    await late.notes.write({ space, agent: 'late', category: 'todo', content: secret });
    await test.store.put(`alpha/live/${pythonName}`, pythonNote);
    await test.memory.spaces.create({ space, rules: '# Second\n' });
    await expectNothingShows(test.another());
    await late.notes.write({ space, agent: 'late', category: 'todo', content: secret });
    expect((await test.another().notes.read({ space })).notes).toEqual([]);
    expect(await test.another().bank.consolidate({ space })).toMatchObject({ notesProcessed: 0 });
  });

  it('takes a document of the first that is written late for no edit by hand, however old it is', async () => {
    const test = await firstLife();
    test.clock.advance(72 * 3_600_000);
    await secondLife(test);
    await test.store.put('alpha/bank/a.md', `${secret}\n`);
    await expectNothingShows(test.another());
    expect(await test.keys('alpha/bank/')).toEqual([]);
  });

  it('lets a request id of the first write a new note', async () => {
    const test = await firstLife();
    await secondLife(test);
    const { filename } = await test.note(secret, { requestId: 'one' });
    expect(await test.keys('alpha/live/')).toEqual([`alpha/live/${filename}`]);
    await test.note(secret, { requestId: 'one' });
    await test.another().notes.write({
      space,
      agent: 'cline',
      category: 'observation',
      content: secret,
      requestId: 'one',
    });
    expect(await test.keys('alpha/live/')).toHaveLength(1);
  });

  it('is not answered by a record that the first wrote late', async () => {
    const test = await firstLife();
    const records = await test.keys('alpha/_requests/');
    const bodies = await Promise.all(records.map(async (key) => (await test.store.get(key))?.body ?? ''));
    await secondLife(test);
    for (const [at, key] of records.entries()) await test.store.put(key, bodies[at] ?? '');
    await test.note(secret, { requestId: 'one' });
    expect((await test.memory.notes.import({ space, lines: [imported] })).imported).toBe(1);
    expect((await test.another().notes.read({ space })).notes).toHaveLength(2);
  });

  it('takes a line again that the first imported and consolidated', async () => {
    const test = await firstLife();
    await test.consolidate();
    await secondLife(test);
    const other = test.another();
    expect((await other.notes.import({ space, lines: [imported] })).imported).toBe(1);
    expect((await other.notes.import({ space, lines: [imported] })).alreadyThere).toBe(1);
    expect((await test.another().notes.read({ space })).notes).toHaveLength(1);
  });

  it('works though the log of the first is damaged, be it created or restored', async () => {
    for (const isRestored of [false, true]) {
      const test = await firstLife();
      const { backup } = await test.memory.backups.create({ space });
      await test.store.put('alpha/_commits/0000000002.json', '{"half');
      await test.another().spaces.delete({ space });
      const other = test.another();
      await (isRestored ? other.backups.restore({ backup }) : other.spaces.create({ space }));
      await test.another().notes.write({ space, agent: 'a', category: 'todo', content: 'new' });
      expect((await test.another().notes.read({ space })).notes).toHaveLength(isRestored ? 4 : 1);
      expect(await test.another().bank.consolidate({ space })).toMatchObject({ status: 'ok' });
    }
  });

  it('counts its commits on, and remembers which lives ended', async () => {
    const test = await openMemory();
    for (let life = 1; life <= 2; life++) await secondLife(test);
    const log = await Promise.all(
      (await test.keys('alpha/_commits/')).map(async (key) =>
        decodeCommit(key, (await test.store.get(key))?.body ?? ''),
      ),
    );
    expect(log.map(({ n, kind }) => [n, kind])).toEqual([
      [1, 'create'],
      [2, 'delete_space'],
      [3, 'create'],
      [4, 'delete_space'],
      [5, 'create'],
    ]);
    expect(log[4]?.past_lives).toEqual([log[0]?.life, log[2]?.life]);
  });
});

/** Says before each request of a process how many it made since it first saw the log. */
function watched(test: TestMemory, before: (made: number) => Promise<void>): LiveMemory {
  let [hasLooked, made] = [false, 0];
  const wait = async (): Promise<void> => (hasLooked ? before(++made) : undefined);
  const { store } = test;
  const slow: ObjectStore = {
    ...store,
    get: (key) => wait().then(() => store.get(key)),
    getMany: (keys) => wait().then(() => store.getMany(keys)),
    put: (...put) => wait().then(() => store.put(...put)),
    deleteMany: (keys) => wait().then(() => store.deleteMany(keys)),
    async *list(prefix, options) {
      await wait();
      yield* store.list(prefix, options);
      hasLooked ||= prefix === 'alpha/_commits/';
    },
  };
  return createLiveMemory({ store: slow, consolidator: appendingConsolidator, clock: test.clock });
}

describe('a change that was begun in the first life', () => {
  it.each<[string, (memory: LiveMemory) => Promise<unknown>]>([
    ['a document', (memory) => memory.bank.write({ space, filename: 'b.md', content: secret })],
    ['the rules', (memory) => memory.spaces.updateRules({ space, rules: `${secret}, and more` })],
    ['a description', (memory) => memory.spaces.update({ space, description: `${secret}, and more` })],
    ['a consolidation', (memory) => memory.bank.consolidate({ space })],
    ['what became of old notes', (memory) => memory.notes.gc({ space, maxAgeDays: 0, mode: 'delete' })],
  ])(
    'is not made in the second, wherever its process stood still: %s',
    async (_, change) => {
      let requests = 0;
      await change(watched(await firstLife(), async (made) => void (requests = made)));
      for (let at = 1; at <= requests; at++) {
        const test = await firstLife();
        const slow = watched(test, async (made) => (made === at ? secondLife(test) : undefined));
        const refusal: unknown = await change(slow).then(
          () => undefined,
          (error: unknown) => error,
        );
        const shown = JSON.stringify(await shownBy(test.another()));
        expect([at, shown.includes(secret)]).toEqual([at, false]);
        expect(refusal === undefined || refusal instanceof SpaceNotFoundError).toBe(true);
      }
      expect(requests).toBeGreaterThan(0);
    },
    60_000,
  );
});
