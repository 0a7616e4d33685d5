import { describe, expect, it } from '@jest/globals';
import type { RequestNote } from '@live-mem/core';
import { entries } from '../src/index.ts';
import { keptBank } from './kept-bank.ts';
import { note } from './notes.ts';

describe('filing notes', () => {
  it('creates a document as the rules describe it', async () => {
    const bank = keptBank();
    await bank.consolidate([
      note(0, { category: 'question', content: 'Which port?' }),
      note(1, { category: 'todo', content: 'Test it' }),
    ]);
    expect(bank.documents.get('tasks.md')).toBe(`# Tasks

What is still to be done, and what nobody has answered yet.

## Todos

- [ ] **2026-01-01 00:01** cline \`todo_3c6ef362\`: Test it

## Questions

- [ ] **2026-01-01 00:00** cline \`question_9e3779b1\`: Which port?
`);
  });

  it('does not let the rules hide a document', async () => {
    const bank = keptBank('## `log.md`: <!-- progress\n\n- `## Progress <!--` (`progress`)\n');
    await bank.consolidate([note(0)]);
    expect(bank.documents.get('log.md')).toMatch(/^# Log\n\n## Progress <!--\n\n- .*note 0\n$/);
    expect(bank.entries()).toHaveLength(1);
  });

  it('edits one section for all the notes under a heading', async () => {
    const bank = keptBank();
    await bank.consolidate([note(5), note(9)]);
    const { edits } = await bank.consolidate([note(3), note(7), note(11)]);
    expect(edits).toMatchObject([
      { operation: 'replace_section', heading: 'Progress', notes: [3, 7, 11].map((n) => note(n).id) },
    ]);
    expect(bank.entries().map(({ content }) => content)).toEqual([11, 9, 7, 5, 3].map((n) => `note ${n}`));
  });

  it('adds a missing heading where the rules have it', async () => {
    const bank = keptBank(undefined, { 'insights.md': '# Insights\n\n## Insights\n\n## Links\n\nmine\n' });
    const { edits } = await bank.consolidate([note(0, { category: 'observation' })]);
    expect(edits).toMatchObject([{ operation: 'add_section', heading: 'Insights' }]);
    expect(bank.documents.get('insights.md')).toMatch(
      /## Insights\n\n## Observations\n\n- .*note 0\n\n## Links\n\nmine\n$/,
    );
  });

  it('keeps what people wrote around the entries', async () => {
    const bank = keptBank(undefined, {
      'progress.md': '# Progress\n\n## Progress\n\nAn introduction.\n\n## Mine\n\nStays.\n',
    });
    await bank.consolidate([note(0), note(4)]);
    const [four = '', zero = ''] = lines(bank.documents.get('progress.md'));
    expect(bank.documents.get('progress.md')).toBe(progress(four, zero));
    bank.documents.set('progress.md', progress(four, '\nBetween.\n', zero));
    await bank.consolidate([note(2), note(6)]);
    const [six = '', , , two = ''] = lines(bank.documents.get('progress.md'));
    expect(bank.documents.get('progress.md')).toBe(progress(six, four, '\nBetween.\n', two, zero));
  });

  it('does not let an entry take in the code below it', async () => {
    const bank = keptBank(undefined, { 'progress.md': '## Progress\n\n    code\n' });
    await bank.consolidate([note(0)]);
    expect(bank.documents.get('progress.md')).toMatch(/note 0\n\n<!-- -->\n\n {4}code\n$/);
    expect(bank.entries()).toMatchObject([{ content: 'note 0' }]);
  });

  it('writes above what a fence left open would swallow', async () => {
    const bank = keptBank(undefined, { 'progress.md': '# Progress\n\n## Mine\n\n```\nnever closed\n' });
    await bank.consolidate([note(0)]);
    await bank.consolidate([note(1)]);
    expect(bank.documents.get('progress.md')).toMatch(
      /^# Progress\n\n## Progress\n\n- .*1\n- .*0\n\n## Mine\n\n```\nnever closed\n$/,
    );
  });

  it('keeps the line ends of a document', async () => {
    const bank = keptBank(undefined, { 'progress.md': '# P\r\n\r\n## Progress\r\n\r\nmine\r\n' });
    await bank.consolidate([note(0, { content: 'a\n\nb' }), note(1, { category: 'issue' })]);
    expect(bank.documents.get('progress.md')).toMatch(/^(?:[^\r\n]*\r\n)+$/);
    expect(bank.entries()).toContainEqual(expect.objectContaining({ content: 'a\n\nb' }));
  });

  it('discards a note that the bank cites', async () => {
    const bank = keptBank();
    await bank.consolidate([note(0)]);
    bank.documents.set('archive.md', bank.documents.get('progress.md') ?? '');
    bank.documents.delete('progress.md');
    const { fates, edits } = await bank.consolidate([note(0), note(1)]);
    expect(fates).toEqual([
      { note: note(0).id, fate: 'discarded', reason: 'already in archive.md' },
      { note: note(1).id, fate: 'integrated' },
    ]);
    expect(edits).toMatchObject([{ operation: 'create', filename: 'progress.md' }]);
  });

  it('tells notes of a minute apart whose names end alike', async () => {
    const bank = keptBank();
    const [one, other] = [
      note(0, { content: 'one' }),
      note(0, { content: 'other', id: '20260101T000000_todo_progress_9e3779b1' }),
    ];
    await bank.consolidate([one, other]);
    expect(new Set(bank.entries().map(({ citation }) => citation)).size).toBe(2);
    expect(bank.entries().every(({ category }) => category === 'progress')).toBe(true);
    expect((await bank.consolidate([one, other])).edits).toEqual([]);
  });

  it('files a note although another in the bank is cited alike', async () => {
    const bank = keptBank();
    const given = { category: 'todo' } as const;
    const one = note(0, {
      ...given,
      id: '20260301T101501_ann_todo_00000001',
      timestamp: '2026-03-01T10:15:01.000Z',
      agent: 'ann',
      content: 'fact one',
    });
    const other = note(0, {
      ...given,
      id: '20260301T101530_bob_todo_00000001',
      timestamp: '2026-03-01T10:15:30.000Z',
      agent: 'bob',
      content: 'fact two',
    });
    const sameAgent = { ...other, id: '20260301T101540_ann_todo_00000001', agent: 'ann', content: 'fact three' };
    const sameContent = { ...other, id: '20260301T101550_eve_todo_00000001', agent: 'eve', content: 'fact one' };
    for (const next of [one, other, sameAgent, sameContent])
      expect((await bank.consolidate([next])).fates).toEqual([{ note: next.id, fate: 'integrated' }]);
    expect(bank.entries().map(({ agent, citation, content }) => [citation, agent, content])).toEqual(
      expect.arrayContaining([
        ['todo_00000001', 'ann', 'fact one'],
        [other.id, 'bob', 'fact two'],
        [sameAgent.id, 'ann', 'fact three'],
        [sameContent.id, 'eve', 'fact one'],
      ]),
    );
    expect(bank.entries()).toHaveLength(4);
    expect((await bank.consolidate([one, other, sameAgent, sameContent])).edits).toEqual([]);
  });

  it.each([
    ['one byte', 'word '],
    ['three bytes', '記憶。'],
  ])('goes on in a second document when one has 1.5 MiB, of letters of %s', async (_, word) => {
    const bank = keptBank();
    const notes = Array.from({ length: 20 }, (__, n) => large(n, word));
    for (let at = 0; at < notes.length; at += 5) await bank.consolidate(notes.slice(at, at + 5));
    expect([...bank.documents.keys()]).toEqual(['progress.md', 'progress-2.md']);
    expect(bank.documents.get('progress-2.md')).toMatch(/^# Progress\n\nWhere the work/);
    expect(bank.entries()).toHaveLength(20);
    const mebibytes = Buffer.byteLength(bank.documents.get('progress.md') ?? '') / 1024 ** 2;
    expect(mebibytes).toBeGreaterThan(1.4);
    expect(mebibytes).toBeLessThanOrEqual(1.5);
  });

  it('makes few edits of many notes, and reads them quickly', async () => {
    const bank = keptBank();
    let edits = 0;
    for (let batch = 0; batch < 6; batch += 1) {
      const notes = Array.from({ length: 200 }, (_, n) =>
        note(batch * 200 + n, { category: n % 2 ? 'todo' : 'decision' }),
      );
      edits += (await bank.consolidate(notes)).edits.length;
    }
    expect(edits).toBe(12);
    expect(entries(bank.documents.get('tasks.md') ?? '')).toHaveLength(600);
  });
});

/** A note of 95,000 bytes. */
function large(n: number, word: string): RequestNote {
  return note(n, { content: word.repeat(95_000 / Buffer.byteLength(word)) });
}

function progress(...list: readonly string[]): string {
  return `# Progress\n\n## Progress\n\nAn introduction.\n\n${list.join('\n')}\n\n## Mine\n\nStays.\n`;
}

function lines(text = ''): string[] {
  return text.split('\n').filter((line) => line.startsWith('- **') || line === 'Between.');
}
