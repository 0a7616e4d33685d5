import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keptBank } from './kept-bank.ts';
import { anyNotes, note } from './notes.ts';

describe('the synthesis', () => {
  it('tells where things stand', async () => {
    const bank = keptBank();
    await bank.consolidate([
      note(0, { category: 'decision', content: '## Use zod\n\nIt is small.' }),
      note(1, { category: 'todo', content: 'Write the tests' }),
      note(2, { category: 'todo', content: 'Release', agent: 'ann' }),
    ]);
    bank.documents.set('tasks.md', bank.documents.get('tasks.md')?.replace('[ ]', '[x]') ?? '');
    await bank.consolidate([note(3, { content: 'Tests are green' })]);
    expect(bank.synthesis).toBe(`# Synthesis

The bank holds 4 notes: 1 decision, 2 todos (1 closed), 1 progress. Drawn from the entries of the bank without a language model; times are UTC.

## Latest decisions

- 2026-01-01 cline: Use zod

## Latest progress

- 2026-01-01 cline: Tests are green

## Open todos

- 2026-01-01 cline: Write the tests

## Active lately

- cline: 3 of the latest 4 notes, most recently on 2026-01-01
- ann: 1 of the latest 4 notes, most recently on 2026-01-01
`);
  });

  it('speaks the language of the rules', async () => {
    const bank = keptBank('Les décisions vont dans le fichier `decisions.md`, avec la raison.');
    await bank.consolidate([note(0, { category: 'decision', content: 'Garder zod' })]);
    expect(bank.synthesis).toContain('## Dernières décisions\n\n- 2026-01-01 cline: Garder zod');
    expect(bank.synthesis).toContain('sans modèle de langage');
  });

  it('stays as it is while the bank holds no entries', async () => {
    expect((await keptBank().consolidate([])).synthesis).toBe('');
  });

  it('is short, whatever the notes', async () => {
    await fc.assert(
      fc.asyncProperty(anyNotes, async (notes) => {
        const bank = keptBank();
        await bank.consolidate(
          notes.map((one) => ({ ...one, content: `${one.content} `.repeat(30), agent: one.agent.repeat(9) })),
        );
        expect(bank.synthesis?.length ?? 0).toBeLessThanOrEqual(3000);
      }),
    );
    const bank = keptBank();
    const categories = ['todo', 'question', 'decision', 'issue', 'progress'] as const;
    await bank.consolidate(
      categories.flatMap((category, k) =>
        Array.from({ length: 12 }, (_, n) =>
          note(20 * k + n, { category, content: 'long words '.repeat(40), agent: `agent ${n} ${'x'.repeat(90)}` }),
        ),
      ),
    );
    expect(bank.synthesis?.length).toBeLessThanOrEqual(3000);
    expect(bank.synthesis).toContain('…');
  });
});
