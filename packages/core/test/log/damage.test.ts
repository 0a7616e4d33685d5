import { describe, expect, it } from '@jest/globals';
import { openMemory, type TestMemory } from '../open-memory.ts';

const space = 'alpha';
const broken = new Uint8Array([0xff, 0xfe]);

async function consolidated(): Promise<TestMemory> {
  const test = await openMemory();
  await test.note('a fact');
  await test.consolidate();
  return test;
}

describe('a hint that is wrong', () => {
  it.each<[string, (test: TestMemory) => unknown]>([
    ['too high', ({ store }) => store.put('alpha/_head.json', '{"settled":99}')],
    ['too low', ({ store }) => store.put('alpha/_head.json', '{"settled":1}')],
    ['absent', ({ store }) => store.delete('alpha/_head.json')],
    ['no JSON', ({ store }) => store.put('alpha/_head.json', '{"set')],
    ['no text', ({ store }) => store.setBytes('alpha/_head.json', broken)],
  ])('because it is %s loses no note that an undo brings back, and is put right', async (_, damage) => {
    const test = await consolidated();
    await damage(test);
    const other = test.another();
    await other.bank.undo({ space, commit: 2 });
    for (const reader of [other, test.another()]) {
      expect((await reader.notes.read({ space })).notes).toMatchObject([{ content: 'a fact' }]);
    }
    await test.another().bank.write({ space, filename: 'a.md', content: 'x' });
    expect((await test.store.get('alpha/_head.json'))?.body).toBe('{"settled":4}\n');
    expect(await test.keys('alpha/live/')).toHaveLength(1);
  });
});

describe('an edit by hand while the hint is lost', () => {
  it('brings no note back that an undo brought back before', async () => {
    const test = await consolidated();
    await test.memory.bank.undo({ space, commit: 2 });
    await test.consolidate();
    await test.memory.bank.undo({ space, commit: 4 });
    await test.store.delete('alpha/_head.json');
    await test.store.put('alpha/bank/notes.md', 'mine alone\n');
    const other = test.another();
    await other.bank.readAll({ space });
    expect((await other.notes.read({ space })).notes).toHaveLength(1);
  });

  it('brings no note back whose text a later change had taken out', async () => {
    const test = await consolidated();
    await test.memory.bank.write({ space, filename: 'notes.md', content: 'cleared\n' });
    await test.store.delete('alpha/_head.json');
    await test.store.put('alpha/bank/notes.md', 'cleared by hand\n');
    const other = test.another();
    await other.bank.readAll({ space });
    expect((await other.notes.read({ space })).notes).toEqual([]);
  });

  it('brings no note back that is live, though its text was written again', async () => {
    const test = await consolidated();
    const { content } = await test.memory.bank.read({ space, filename: 'notes.md' });
    await test.memory.bank.undo({ space, commit: 2 });
    await test.memory.bank.write({ space, filename: 'notes.md', content });
    await test.store.delete('alpha/_head.json');
    await test.store.put('alpha/bank/notes.md', 'mine alone\n');
    const other = test.another();
    await other.bank.readAll({ space });
    expect((await other.notes.read({ space })).notes).toHaveLength(1);
  });
});

describe('a damaged _meta.json', () => {
  it.each<[string, (test: TestMemory) => unknown]>([
    ['half a JSON', ({ store }) => store.put('alpha/_meta.json', '{"half')],
    ['no text', ({ store }) => store.setBytes('alpha/_meta.json', broken)],
  ])('that is %s is left as it is, and keeps nothing from working', async (_, damage) => {
    const test = await openMemory();
    await test.memory.spaces.create({ space: 'beta', description: 'What we know', rules: '# R' });
    await damage(test);
    await test.note('a fact');
    expect(await test.consolidate()).toMatchObject({ status: 'ok' });
    expect(await test.keys('alpha/live/')).toEqual([]);
    expect(await test.another().spaces.info({ space })).toMatchObject({ space, consolidationCount: 1 });
    expect(await test.another().spaces.summary({ space })).toMatchObject({ documents: [{ filename: 'notes.md' }] });
  });

  it('that is gone comes back with what the log says', async () => {
    const test = await openMemory();
    await test.memory.spaces.create({ space: 'beta', description: 'What we know', rules: '# R' });
    await test.store.delete('beta/_meta.json');
    expect(await test.another().spaces.info({ space: 'beta' })).toMatchObject({ description: 'What we know' });
    await test.memory.notes.write({ space: 'beta', agent: 'a', category: 'todo', content: 'x' });
    await test.memory.bank.consolidate({ space: 'beta' });
    expect((await test.store.get('beta/_meta.json'))?.body).toContain('"description": "What we know"');
  });
});

describe('a damaged commit', () => {
  it('is named, and nothing is written beside it', async () => {
    const test = await consolidated();
    await test.store.put('alpha/_commits/0000000002.json', '{"half');
    const before = await test.keys();
    const other = test.another();
    await expect(other.bank.readAll({ space })).rejects.toMatchObject({
      code: 'UNREADABLE_OBJECT',
      key: 'alpha/_commits/0000000002.json',
    });
    await expect(other.bank.write({ space, filename: 'a.md', content: 'x' })).rejects.toMatchObject({
      remedy: 'report',
    });
    expect(await test.keys()).toEqual(before);
  });

  it('or one that names a path outside its space, is refused whole', async () => {
    const test = await consolidated();
    const key = 'alpha/_commits/0000000002.json';
    const text = (await test.store.get(key))?.body ?? '';
    await test.store.put(key, text.replaceAll('bank/notes.md', 'bank/../../beta/notes.md'));
    await expect(test.another().bank.readAll({ space })).rejects.toMatchObject({ code: 'UNREADABLE_OBJECT', key });
  });

  it('or a request record that names another object, is refused', async () => {
    const test = await openMemory();
    await test.note('x', { requestId: 'r' });
    const [key = ''] = await test.keys('alpha/_requests/');
    const record = JSON.parse((await test.store.get(key))?.body ?? '') as object;
    await test.store.put(key, JSON.stringify({ ...record, key: '../bank/evil.md' }));
    await expect(test.note('x', { requestId: 'r' })).rejects.toMatchObject({ code: 'UNREADABLE_OBJECT', key });
  });
});
