import { describe, expect, it } from '@jest/globals';
import { CancelledError, InvalidInputError, type LiveMemory } from '@live-mem/core';
import { openMemory } from '../open-memory.ts';

const line = (n: number, more: object = {}): string =>
  JSON.stringify({
    timestamp: `2025-03-01T10:${String(n).padStart(2, '0')}:00+01:00`,
    agent: `a${n % 3}`,
    category: 'progress',
    tags: ['t'],
    content: `note ${n}`,
    ...more,
  });
const lines = Array.from({ length: 30 }, (_, n) => line(n));
const load = (memory: LiveMemory, from: string[]) => memory.notes.import({ space: 'alpha', lines: from });

describe('importing notes', () => {
  it('keeps their time, agent, category and tags', async () => {
    const { memory } = await openMemory();
    expect(await load(memory, [lines[7] ?? '', ''])).toEqual({ lines: 1, imported: 1, alreadyThere: 0 });
    const { notes } = await memory.notes.read({ space: 'alpha' });
    expect(notes).toMatchObject([
      { timestamp: '2025-03-01T09:07:00.000Z', agent: 'a1', category: 'progress', tags: ['t'], content: 'note 7' },
    ]);
  });

  it('takes the same line for the same note: twice in a file, and in a second import', async () => {
    const { memory, another, keys } = await openMemory();
    expect(await load(memory, [...lines, ...lines])).toEqual({ lines: 60, imported: 30, alreadyThere: 30 });
    expect(await load(another(), lines.toReversed())).toMatchObject({ imported: 0, alreadyThere: 30 });
    expect(await keys('alpha/live/')).toHaveLength(30);
  });

  it('adds nothing after a consolidation, nor after its undoing', async () => {
    const { memory, another, consolidate, keys } = await openMemory();
    await load(memory, lines);
    const { commits } = await consolidate();
    expect(await load(another(), lines)).toMatchObject({ imported: 0 });
    expect(await keys('alpha/live/')).toEqual([]);
    await memory.bank.undo({ space: 'alpha', commit: commits[0] ?? 0, actor: 'test' });
    expect(await load(another(), lines)).toMatchObject({ imported: 0 });
    expect(await keys('alpha/live/')).toHaveLength(30);
  });

  it('goes on where it was cancelled', async () => {
    const { memory, another, keys } = await openMemory();
    const many = Array.from({ length: 90 }, (_, n) => line(n % 30, { content: `number ${n}` }));
    const stop = new AbortController();
    const onProgress = ({ done }: { done: number }): void => (done === 3 ? stop.abort() : undefined);
    const cancelled = memory.notes.import({ space: 'alpha', lines: many, signal: stop.signal, onProgress });
    await expect(cancelled).rejects.toBeInstanceOf(CancelledError);
    await expect(load(another(), many)).resolves.toMatchObject({ lines: 90 });
    expect(await keys('alpha/live/')).toHaveLength(90);
  });

  it('goes on after a crash between the record of a line and its note', async () => {
    const { memory, another, store, keys } = await openMemory();
    await load(memory, lines);
    const [lost = ''] = await keys('alpha/live/');
    await store.delete(lost);
    expect(await load(another(), lines)).toMatchObject({ imported: 1, alreadyThere: 29 });
    expect(await keys('alpha/live/')).toHaveLength(30);
  });

  it('checks every line before it writes one, and names the bad ones', async () => {
    const { memory, keys } = await openMemory();
    const before = await keys();
    const bad = [
      lines[0] ?? '',
      '{"timestamp": 1',
      line(2, { category: 'x' }),
      line(3, { extra: 1 }),
      line(4, { timestamp: 'soon' }),
    ];
    const refused = await load(memory, bad).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InvalidInputError);
    expect((refused as InvalidInputError).faults.map(({ at }) => at)).toEqual([
      'line 2: JSON',
      'line 3: category',
      'line 4: input',
      'line 5: timestamp',
    ]);
    expect(await keys()).toEqual(before);
  });

  it.each([undefined, { space: 'alpha' }, { space: 'alpha', lines: 'text' }])('refuses %j as input', async (input) => {
    const { memory } = await openMemory();
    await expect(memory.notes.import(input as never)).rejects.toBeInstanceOf(InvalidInputError);
  });

  it('tells at most 20 faults', async () => {
    const { memory } = await openMemory();
    const refused = await load(
      memory,
      Array.from({ length: 50 }, () => 'x'),
    ).catch((error: unknown) => error);
    expect((refused as InvalidInputError).faults).toHaveLength(21);
  });
});
