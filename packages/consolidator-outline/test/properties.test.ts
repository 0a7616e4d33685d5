import { describe, expect, it } from '@jest/globals';
import type { RequestNote } from '@live-mem/core';
import fc from 'fast-check';
import { normalContent } from '../src/entry-content.ts';
import { citationOf, entries } from '../src/index.ts';
import { keptBank } from './kept-bank.ts';
import { anyNotes } from './notes.ts';

const peoplesText: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      '# Progress\n',
      '## Progress\n',
      '## Todos\n',
      '### Progress\n',
      '## Mine\n',
      '\n',
      '\n\n\n',
      'Some words.\n',
      '- an item\n',
      '    code\n',
      '```\nfenced\n```\n',
      '```\nnever closed\n',
      '<!-- open\n',
      '<div>\n',
      'Title\n===\n',
      '\ttab\n',
      'last line',
      '1. one\n',
      '> quote\n',
      'crlf\r\n',
      '<!-- x -->\n',
      '---\n',
      '* star\n',
    ),
    { maxLength: 10 },
  )
  .map((pieces) => pieces.join(''));

describe('whatever the notes', () => {
  it('cites every note once, keeps its content whole, and puts the newest first', async () => {
    await fc.assert(
      fc.asyncProperty(anyNotes, fc.integer({ min: 1, max: 9 }), async (notes, size) => {
        const bank = keptBank();
        for (const batch of batches(notes, size)) await bank.consolidate(batch);
        const found = bank.entries();
        expect(found.map(({ citation }) => citation).toSorted()).toEqual(
          notes.map(({ id }) => citationOf(id)).toSorted(),
        );
        for (const note of notes) {
          const entry = found.find(({ citation }) => citation === citationOf(note.id));
          expect(entry?.content).toBe(normalContent(note.content));
          expect(entry?.category).toBe(note.category);
        }
        for (const text of bank.documents.values()) expectNewestFirst(text);
      }),
    );
  });

  it('changes nothing the second time', async () => {
    await fc.assert(
      fc.asyncProperty(anyNotes, async (notes) => {
        const bank = keptBank();
        await bank.consolidate(notes);
        const [texts, synthesis] = [[...bank.documents], bank.synthesis];
        const again = await bank.consolidate(notes);
        expect(again.edits).toEqual([]);
        expect(again.fates.every(({ fate }) => fate === 'discarded')).toBe(true);
        expect([[...bank.documents], bank.synthesis]).toEqual([texts, synthesis]);
      }),
    );
  });

  it('keeps what people wrote, byte for byte and in its order', async () => {
    await fc.assert(
      fc.asyncProperty(peoplesText, anyNotes, fc.integer({ min: 1, max: 9 }), async (text, notes, size) => {
        const bank = keptBank(undefined, { 'progress.md': text, 'tasks.md': text });
        for (const batch of batches(notes, size)) await bank.consolidate(batch);
        expect(isWithin(text, bank.documents.get('progress.md') ?? '')).toBe(true);
        expect(isWithin(text, bank.documents.get('tasks.md') ?? '')).toBe(true);
        expect(bank.entries()).toHaveLength(notes.length);
      }),
      { numRuns: 300 },
    );
  });
});

function batches(notes: readonly RequestNote[], size: number): RequestNote[][] {
  return Array.from({ length: Math.ceil(notes.length / size) }, (_, n) => notes.slice(n * size, (n + 1) * size));
}

function expectNewestFirst(text: string): void {
  for (const section of text.split(/^## /m)) {
    const minutes = entries(section).map(({ minute }) => minute);
    expect(minutes).toEqual(minutes.toSorted().toReversed());
  }
}

/** Whether all of `text` is in `whole`, with nothing but insertions. */
function isWithin(text: string, whole: string): boolean {
  let at = 0;
  for (const char of whole) if (char === text.charAt(at)) at += 1;
  return at >= text.length;
}
