import { describe, expect, it } from '@jest/globals';
import { InvalidInputError, NewerFormatError, rulesTemplates, SpaceNotFoundError } from '@live-mem/core';
import { openMemory } from '../open-memory.ts';

describe('creating a space', () => {
  it('takes rules, a shipped template, or the default', async () => {
    const { memory } = await openMemory();
    await memory.spaces.create({ space: 'given', actor: 'me', rules: '# Mine' });
    await memory.spaces.create({ space: 'named', actor: 'me', rules: 'template:software-project' });
    await memory.spaces.create({ space: 'plain', actor: 'me' });
    const rules = (space: string) => memory.spaces.rules({ space });
    expect(await rules('given')).toBe('# Mine');
    expect(await rules('named')).toBe(rulesTemplates['software-project']);
    expect(await rules('plain')).toBe(rulesTemplates['software-project']);
  });

  it('changes nothing of a space that is there', async () => {
    const { memory, keys } = await openMemory();
    const before = await keys();
    expect(await memory.spaces.create({ space: 'alpha', actor: 'other', rules: '# Other' })).toMatchObject({
      status: 'already_exists',
    });
    expect(await keys()).toEqual(before);
    expect(await memory.spaces.rules({ space: 'alpha' })).toBe('# Rules\n');
  });

  it('lets one of several processes at once create it', async () => {
    const { another } = await openMemory();
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, n) => another().spaces.create({ space: 'beta', actor: `a${n}`, rules: `# ${n}` })),
    );
    expect(made.filter(({ status }) => status === 'created')).toHaveLength(1);
  });

  it('leaves what other programs read: meta and rules', async () => {
    const { memory, store } = await openMemory();
    await memory.spaces.create({
      space: 'beta',
      actor: 'me',
      description: 'Équipe β',
      owner: 'me@example.org',
      rules: '# R',
    });
    expect(JSON.parse((await store.get('beta/_meta.json'))?.body ?? '')).toMatchObject({
      space_id: 'beta',
      description: 'Équipe β',
      owner: 'me@example.org',
      version: 1,
      consolidation_count: 0,
    });
    expect((await store.get('beta/_rules.md'))?.body).toBe('# R');
  });

  it.each([
    ['a/b', {}],
    ['..', {}],
    ['_system', {}],
    ['', {}],
    ['x'.repeat(65), {}],
    ['ok', { description: 'x'.repeat(501) }],
    ['ok', { description: 'two\nlines' }],
    ['ok', { rules: 'x'.repeat(50_001) }],
    ['ok', { rules: 'template:none' }],
  ])('refuses %j %j', async (space, more) => {
    const { memory, keys } = await openMemory();
    const before = await keys();
    await expect(memory.spaces.create({ space, actor: 'me', ...more })).rejects.toBeInstanceOf(InvalidInputError);
    expect(await keys()).toEqual(before);
  });
});

describe('describing spaces', () => {
  it('lists them by name, with what they hold', async () => {
    const test = await openMemory();
    await test.memory.spaces.create({ space: 'Beta', actor: 'me', description: 'b' });
    await test.note('one');
    await test.consolidate();
    await test.note('two');
    await test.store.put('_system/tokens.json', '{}');
    const { spaces } = await test.memory.spaces.list();
    expect(spaces).toMatchObject([
      { space: 'Beta', description: 'b', live: { count: 0 } },
      {
        space: 'alpha',
        live: { count: 1 },
        bank: { files: ['notes.md'] },
        consolidationCount: 1,
        synthesisExists: true,
      },
    ]);
  });

  it('does not let a damaged space hide the others', async () => {
    const { memory, store } = await openMemory();
    await store.put('broken/_meta.json', '{"half');
    const { spaces, unreadable } = await memory.spaces.list();
    expect(spaces.map(({ space }) => space)).toEqual(['alpha']);
    expect(unreadable).toMatchObject([{ space: 'broken' }]);
  });

  it('summarises in one call all that an agent needs to start', async () => {
    const test = await openMemory();
    await test.note('one');
    await test.consolidate();
    const { filename } = await test.note('two');
    expect(filename).toBeDefined();
    expect(await test.another().spaces.summary({ space: 'alpha' })).toMatchObject({
      rules: '# Rules\n',
      synthesis: '1 notes came last.\n',
      documents: [{ filename: 'notes.md' }],
      live: { count: 1 },
    });
  });

  it('says that a space is not there', async () => {
    const { memory } = await openMemory();
    for (const ask of [memory.spaces.info, memory.spaces.rules, memory.spaces.summary]) {
      await expect(ask({ space: 'beta' })).rejects.toBeInstanceOf(SpaceNotFoundError);
    }
  });
});

describe('a store that a later version wrote', () => {
  it('is refused clearly, and nothing is written', async () => {
    const { store, another, keys } = await openMemory();
    const commit = JSON.parse((await store.get('alpha/_commits/0000000001.json'))?.body ?? '') as object;
    await store.put('alpha/_commits/0000000002.json', JSON.stringify({ ...commit, n: 2, format: 2, something: 'new' }));
    const before = await keys();
    const later = another();
    await expect(later.bank.readAll({ space: 'alpha' })).rejects.toBeInstanceOf(NewerFormatError);
    await expect(
      later.notes.write({ space: 'alpha', agent: 'a', category: 'todo', content: 'x' }),
    ).rejects.toMatchObject({ remedy: 'fix-setup' });
    await expect(
      later.bank.write({ space: 'alpha', actor: 'a', filename: 'a.md', content: 'x' }),
    ).rejects.toBeInstanceOf(NewerFormatError);
    expect(await keys()).toEqual(before);
  });
});
