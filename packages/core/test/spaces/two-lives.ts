import type { LiveMemory } from '@live-mem/core';
import { openMemory, type TestMemory } from '../open-memory.ts';

export const space = 'alpha';
export const secret = 'what the first life knew';
export const imported = JSON.stringify({
  timestamp: '2025-01-01T00:00:00Z',
  agent: 'a',
  category: 'todo',
  content: secret,
});
/** As the Python service writes them: without a life. */
export const pythonNote = `---\ntimestamp: "2026-02-20T18:00:00+00:00"\nagent: "p"\ncategory: "todo"\ntags: []\nspace_id: "alpha"\n---\n\n${secret}`;
export const pythonName = '20260220T180000_p_todo_0a1b2c3d.md';

/** All that a space can hold: five commits, of which one brought a note back that bears no life. */
export async function firstLife(): Promise<TestMemory> {
  const test = await openMemory();
  await test.memory.spaces.update({ space, description: secret, owner: secret });
  await test.memory.bank.write({ space, filename: 'a.md', content: `${secret}\n` });
  await test.store.put(`alpha/live/${pythonName}`, pythonNote);
  await test.note(secret, { requestId: 'one' });
  await test.consolidate();
  await test.memory.bank.undo({ space, commit: 3 });
  await test.memory.notes.import({ space, lines: [imported] });
  await test.memory.spaces.updateRules({ space, rules: secret });
  return test;
}

/** The space is deleted, and its id begins anew. */
export async function secondLife(test: TestMemory, creator?: string): Promise<void> {
  await test.memory.spaces.delete({ space });
  await test.memory.spaces.create({ space, rules: '# Second\n', ...(creator === undefined ? {} : { creator }) });
}

/** All that a space shows, whatever is asked. */
export async function shownBy(memory: LiveMemory): Promise<unknown[]> {
  const files: unknown[] = [];
  for await (const file of (await memory.spaces.export({ space })).files) files.push(file);
  return [
    ...files,
    await memory.spaces.info({ space }),
    await memory.spaces.summary({ space }),
    await memory.spaces.list(),
    await memory.spaces.stale({ minNotes: 1, minAgeDays: 0 }),
    await memory.notes.read({ space }),
    await memory.notes.search({ space, query: 'knew' }),
    await memory.notes.gc({ space, maxAgeDays: 0, mode: 'dry-run' }),
    await memory.bank.readAll({ space }),
    await memory.bank.history({ space }),
    await memory.bank.diff({ space, commit: (await memory.bank.history({ space })).commits.at(-1)?.commit ?? 0 }),
    await memory.bank.trace({ space, filename: '_rules.md' }),
  ];
}
