import { expect, it } from '@jest/globals';
import { openMemory } from '../open-memory.ts';

it('notes that are listed and never there are said to be deleted by hand, under a name of its own', async () => {
  const test = await openMemory();
  await test.note('listed');
  const { store, another } = test;
  const without = another(undefined, {
    ...store,
    getMany: async (keys) =>
      (await store.getMany(keys)).map((answer, at) => (keys[at]?.includes('/live/') ? undefined : answer)),
  });
  await expect(without.backups.create({ space: 'alpha' })).rejects.toMatchObject({
    name: 'NotesVanishedError',
    code: 'STORE_UNAVAILABLE',
  });
});
