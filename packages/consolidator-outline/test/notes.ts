import { categories, type RequestNote } from '@live-mem/core';
import fc from 'fast-check';

/** The nth note, a minute after the one before. */
export function note(n: number, given: Partial<RequestNote> = {}): RequestNote {
  const timestamp = given.timestamp ?? new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString();
  const category = given.category ?? 'progress';
  const unique = ((Math.imul(n + 1, 0x9e3779b1) >>> 0) | 0) >>> 0;
  const id = `${timestamp.replace(/[-:]/g, '').slice(0, 15)}_cline_${category}_${unique.toString(16).padStart(8, '0')}`;
  return { id, timestamp, agent: 'cline', category, tags: [], content: `note ${n}`, ...given };
}

/** Pieces that mean something to Markdown. */
const pieces = [
  '```',
  '~~~~',
  '````sh',
  '<!--',
  '-->',
  '<div>',
  '</li></ul>',
  '<script>',
  '# Title',
  '## Progress',
  '===',
  '---',
  '***',
  '- item',
  '- [ ] todo',
  '* ',
  '1. one',
  '2) two',
  '> quote',
  '>',
  '| a | b |',
  '|---|---|',
  '[ref]: http://x.test',
  '[ref]',
  '[^1]: foot',
  '&amp;',
  '\\',
  '`',
  '``',
  '**',
  '_',
  '<http://x.test>',
  '![',
  '](',
  '    code',
  '\tcode',
  ' ',
  '  ',
  '\u00a0',
  '- **2026-01-01 00:00** cline `progress_00000000`: not an entry',
  'word',
  'été',
  '🧠',
  '<?php',
  '<![CDATA[',
  '<pre>',
  '',
];

export const hostileContent: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(
      fc.constantFrom('', '', ' ', '  ', '\t', '    '),
      fc.constantFrom(...pieces),
      fc.constantFrom('\n', '\n', '\n\n', ' ', '\r\n', '\r'),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.flat().join(''))
  .filter((content) => content.trim() !== '');

const name = fc.oneof(
  fc.constantFrom(
    'cline',
    'agent.cline',
    'todo',
    '`x`',
    '**bold**',
    '<b>',
    'a_b_',
    '_a',
    'n(1)',
    '[x](y)',
    'été',
    'a\\',
    '🧠',
  ),
  fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() !== ''),
);

/** Notes as they may come: any names, any contents, several in the same minute. */
export const anyNotes: fc.Arbitrary<readonly RequestNote[]> = fc
  .array(
    fc.record({
      minute: fc.integer({ min: 0, max: 40 }),
      category: fc.constantFrom(...categories),
      agent: name,
      tags: fc.array(name, { maxLength: 3 }),
      content: fc.oneof(
        hostileContent,
        fc.string({ minLength: 1, maxLength: 60 }).filter((text) => text.trim() !== ''),
      ),
    }),
    { maxLength: 25 },
  )
  .map((list) =>
    list.map(({ minute, ...rest }, n) => {
      const timestamp = new Date(Date.UTC(2026, 0, 1) + minute * 60_000 + n).toISOString();
      return note(n, { timestamp, ...rest });
    }),
  );
