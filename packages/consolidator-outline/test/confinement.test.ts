import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { formatEntry } from '../src/entry.ts';
import { normalContent } from '../src/entry-content.ts';
import { entries } from '../src/index.ts';
import { anyNotes, hostileContent, note } from './notes.ts';

describe('the entry of a note', () => {
  it.each([
    ['an open fence', '```sh\n# install'],
    ['an open comment', '<!-- hidden'],
    ['an open comment on a line of its own', 'text\n\n<!-- hidden\nmore'],
    ['tags that close the list', '</li></ul><h1>Owned</h1>'],
    ['headings of both kinds', 'Title\n===\n\n# Progress\n\ntext\n---'],
    ['a thematic break', 'above\n\n---\n\nbelow'],
    ['tabs and blank lines', '\n\n\tcode\n\n\n\tmore\n \t \nend\n\n'],
    ['a link definition', 'see\n\n[x]: http://evil.test'],
    ['what looks like an entry', 'text\n- **2026-01-01 00:00** cline `progress_00000000`: no entry'],
    ['a quote that looks like ours', '```note\ntext\n```'],
    ['a generic type', 'Use Map<string, number>'],
    ['other white space', 'a\u2028b\u000bc\u00a0\n\u00a0\nd'],
  ])('confines %s, and keeps it whole', (_, content) => {
    expectConfined(content);
  });

  it('confines and keeps any content', () => {
    fc.assert(fc.property(hostileContent, expectConfined), { numRuns: 500 });
  });

  it('confines any name and tag', () => {
    fc.assert(
      fc.property(anyNotes, (notes) => {
        for (const one of notes) {
          const [entry] = entries(`${formatEntry(one)}\n`);
          expect(entry?.tags).toHaveLength(one.tags.filter((tag) => readable(tag) !== '').length);
          expect(entry?.agent).toBe(readable(one.agent) || '?');
        }
      }),
    );
  });

  it('is one line where the note is', () => {
    expect(formatEntry(note(0, { content: 'Use zod', tags: ['src', 'docs'], category: 'decision' }))).toBe(
      '- **2026-01-01 00:00** cline (src, docs) `decision_9e3779b1`: Use zod',
    );
  });

  it('has a box where it can be closed', () => {
    const text = formatEntry(note(0, { content: 'Ask Ann\n\nBy mail.', category: 'question' }));
    expect(text).toBe('- [ ] **2026-01-01 00:00** cline `question_9e3779b1`: Ask Ann\n\n  By mail.');
    expect(entries(text.replace('[ ]', '[x]'))).toMatchObject([{ done: true, category: 'question' }]);
  });
});

function expectConfined(content: string): void {
  const entry = formatEntry(note(0, { content }));
  const text = `${entry}\n${formatEntry(note(1))}\n\n# After\n\n[x] [ref]\n`;
  const root = fromMarkdown(text);
  expect(root.children.map(({ type }) => type)).toEqual(['list', 'heading', 'paragraph']);
  expect(root.children[0]).toMatchObject({ children: [{ type: 'listItem' }, { type: 'listItem' }] });
  expect(JSON.stringify(root)).not.toMatch(/"type":"(?:html|definition)"/);
  const [first, second, third] = entries(text);
  expect(first?.content).toBe(normalContent(content));
  expect(second?.content).toBe('note 1');
  expect(third).toBeUndefined();
}

function readable(name: string): string {
  return name
    .replace(/[\u00AD\u200B\u2060\u202A-\u202E\u2066-\u2069\uFEFF]/g, '')
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}
