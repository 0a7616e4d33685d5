import { describe, expect, it } from '@jest/globals';
import { createLiveMemory, InvalidInputError } from '@live-mem/core';
import { createMemoryObjectStore, type MemoryObjectStore } from '@live-mem/core/memory';
import { appendingConsolidator, keysOf } from '../open-memory.ts';

const note = (agent: string, content: string): string =>
  `---\ntimestamp: "2026-02-20T18:00:00.123456+00:00"\nagent: "${agent}"\ncategory: "decision"\ntags: ["s3", "\\u00e9t\\u00e9"]\nspace_id: "projet"\n---\n\n${content}`;

/** As the Python service leaves a space. */
async function pythonSpace(): Promise<MemoryObjectStore> {
  const store = createMemoryObjectStore();
  const meta = {
    space_id: 'projet',
    description: 'Projet',
    owner: 'éq',
    creator_token_hash: 'abc',
    created_at: '2026-02-20T17:00:00.000001+00:00',
    last_consolidation: '2026-02-20T17:30:00+00:00',
    consolidation_count: 3,
    total_notes_processed: 42,
    version: 1,
    graph_memory: { url: 'x' },
  };
  await store.put('projet/_meta.json', JSON.stringify(meta, null, 2));
  await store.put('projet/_rules.md', '# Règles\n');
  await store.put('projet/_synthesis.md', '# Synthèse\n');
  await store.put('projet/live/.keep', '');
  await store.put('projet/bank/.keep', '');
  await store.put('projet/bank/activeContext.md', '# Contexte\r\n\r\nTexte\r\n');
  await store.put('projet/live/20260220T180000_agentcline_decision_0a1b2c3d.md', note('agent.cline', 'On garde S3'));
  await store.put('_system/tokens.json', '{"version":1,"tokens":[]}');
  return store;
}

const open = (store: MemoryObjectStore) => createLiveMemory({ store, consolidator: appendingConsolidator });

describe('a space laid out by the Python service', () => {
  it('opens as it is, and reading it writes nothing', async () => {
    const store = await pythonSpace();
    const before = await keysOf(store);
    const memory = open(store);
    expect((await memory.spaces.list()).spaces).toMatchObject([
      { space: 'projet', description: 'Projet', consolidationCount: 3, live: { count: 1 } },
    ]);
    expect(await memory.spaces.summary({ space: 'projet' })).toMatchObject({
      rules: '# Règles\n',
      synthesis: '# Synthèse\n',
      documents: [{ filename: 'activeContext.md', content: '# Contexte\r\n\r\nTexte\r\n' }],
    });
    const { notes } = await memory.notes.read({ space: 'projet', agent: 'agent.cline' });
    expect(notes).toMatchObject([
      { content: 'On garde S3', tags: ['s3', 'été'], timestamp: '2026-02-20T18:00:00.123Z' },
    ]);
    expect((await memory.bank.history({ space: 'projet' })).commits).toEqual([]);
    expect(await keysOf(store)).toEqual(before);
  });

  it('takes notes and a consolidation; its own fields and sentinels stay', async () => {
    const store = await pythonSpace();
    const memory = open(store);
    await memory.notes.write({ space: 'projet', agent: 'b', category: 'todo', content: 'À faire' });
    expect(await memory.bank.consolidate({ space: 'projet', actor: 'me' })).toMatchObject({
      status: 'ok',
      notesProcessed: 2,
      commits: [2],
    });
    expect(JSON.parse((await store.get('projet/_meta.json'))?.body ?? '')).toMatchObject({
      creator_token_hash: 'abc',
      graph_memory: { url: 'x' },
      created_at: '2026-02-20T17:00:00.000001+00:00',
      consolidation_count: 4,
      total_notes_processed: 44,
    });
    expect(await keysOf(store, 'projet/live/')).toEqual(['projet/live/.keep']);
    expect((await store.get('projet/bank/activeContext.md'))?.body).toBe('# Contexte\r\n\r\nTexte\r\n');
    expect((await memory.bank.history({ space: 'projet' })).commits.map(({ kind }) => kind)).toEqual([
      'consolidate',
      'adopt',
    ]);
  });

  it('keeps names and notes that people or other programs gave', async () => {
    const store = await pythonSpace();
    await store.put('projet/bank/Quoi ?.md', 'odd');
    const yaml = '---\ntimestamp: 2026-02-20T18:00:01Z\nagent: 007\ncategory: todo\ntags: a, b\n---\n\nbond';
    await store.put('projet/live/20260220T180001_007_todo_0a1b2c3e.md', yaml);
    const memory = open(store);
    expect((await memory.notes.read({ space: 'projet', agent: '007' })).notes).toMatchObject([{ tags: ['a', 'b'] }]);
    expect(await memory.bank.read({ space: 'projet', filename: 'Quoi ?.md' })).toMatchObject({ content: 'odd' });
    await memory.bank.delete({ space: 'projet', filename: 'Quoi ?.md' });
    expect(await store.get('projet/bank/Quoi ?.md')).toBeUndefined();
    await expect(memory.bank.read({ space: 'projet', filename: 'Quoi ?.md' })).rejects.toBeInstanceOf(
      InvalidInputError,
    );
  });

  it('can be changed by several processes at once from the first moment', async () => {
    const store = await pythonSpace();
    const writes = Array.from({ length: 6 }, (_, n) =>
      open(store).bank.write({ space: 'projet', actor: 'me', filename: `d${n}.md`, content: `${n}` }),
    );
    await Promise.all(writes);
    expect((await open(store).bank.readAll({ space: 'projet' })).documents).toHaveLength(7);
  });
});
