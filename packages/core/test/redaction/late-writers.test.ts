import { describe, expect, it } from '@jest/globals';
import { audit } from '../log/judging/audit.ts';
import { openMemory } from '../open-memory.ts';
import { objectsOf } from './objects.ts';
import { alpha, leaks, notesOf, redact, SECRET, withSecret, write } from './with-secret.ts';

describe('the secret does not come back', () => {
  it('by a request that is made again, nor by an import', async () => {
    const test = await openMemory();
    const request = { requestId: 'one' };
    const line = { timestamp: '2026-01-01T00:00:00Z', agent: 'bob', category: 'todo', content: `line ${SECRET}` };
    const again = async (memory = test.memory): Promise<void> => {
      await memory.notes.write({ space: 'alpha', agent: 'bob', category: 'todo', content: SECRET, ...request });
      await memory.notes.import({ space: 'alpha', lines: [JSON.stringify(line)] });
    };
    await again();
    await redact(test);
    await again();
    await again(test.another());
    expect(await leaks(test)).toEqual([]);
    expect(await notesOf(test)).toHaveLength(2);
  });

  it('from what this process remembers', async () => {
    const test = await withSecret();
    await test.memory.spaces.summary({ space: 'alpha' });
    await redact(test);
    const answers = [
      await test.memory.spaces.summary({ space: 'alpha' }),
      await test.memory.bank.history({ space: 'alpha' }),
      await notesOf(test),
      await test.memory.notes.search({ space: 'alpha', query: 'hunter2' }),
      await test.memory.bank.diff({ space: 'alpha', commit: 3 }),
      await test.memory.bank.trace({ space: 'alpha', filename: 'a.md' }),
    ];
    expect(JSON.stringify(answers)).not.toContain('hunter2 ');
  });

  it('from a process that is late with a text it had read before', async () => {
    const test = await openMemory();
    await write(test, 'a.md', `a ${SECRET}`);
    const stored = await test.store.get('alpha/bank/a.md');
    await redact(test);
    await expect(
      test.store.put('alpha/bank/a.md', `a ${SECRET}`, { version: stored?.version ?? '' }),
    ).rejects.toMatchObject({ code: 'WRITE_CONFLICT' });
    await expect(test.store.put('alpha/bank/a.md', `a ${SECRET}`, { absent: true })).rejects.toMatchObject({
      code: 'WRITE_CONFLICT',
    });
  });

  it('from another process that worked on the space before, and goes on', async () => {
    const test = await withSecret();
    const other = test.another();
    await other.spaces.summary({ space: 'alpha' });
    await redact(test);
    await other.bank.write({ ...alpha, filename: 'b.md', content: 'b\n' });
    await other.notes.write({ space: 'alpha', agent: 'x', category: 'todo', content: 'more' });
    await other.bank.consolidate(alpha);
    expect(await leaks(test)).toEqual([]);
    expect(await audit(await objectsOf(test.store))).toBeUndefined();
  });
});
