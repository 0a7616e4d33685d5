import { describe, expect, it } from '@jest/globals';
import { ago, bytes, counted } from '../src/ago.ts';
import { columns, table } from '../src/columns.ts';
import { textWidth, wrap } from '../src/text-width.ts';

describe('the width of a text', () => {
  it.each([
    ['abc', 3],
    ['\u001B[31mred\u001B[0m', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['日本語', 6],
    ['한국', 4],
    ['🙂', 2],
    ['👩‍👩‍👧', 2],
    ['a\u200Bb', 2],
    ['', 0],
  ])('of %j is %i', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});

describe('wrapping', () => {
  it('breaks between words, keeps margins, hangs list items', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('- one two three', 9)).toEqual(['- one two', '  three']);
    expect(wrap('  one two', 5)).toEqual(['  one', '  two']);
    expect(wrap('a\n\nb', 5)).toEqual(['a', '', 'b']);
  });

  it('cuts a word that is longer than a line, between characters', () => {
    expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(wrap('日本語', 4)).toEqual(['日本', '語']);
  });
});

describe('columns', () => {
  it('stand side by side, the last one broken into lines', () => {
    const rows = [
      ['日本', 'one two three four five'],
      ['b', 'x'],
    ];
    expect(columns(rows, 20)).toBe('日本  one two three four\n      five\nb     x');
  });

  it('of nothing are nothing', () => {
    expect(columns([], 80)).toBe('');
  });
});

describe('numbers', () => {
  const now = Date.UTC(2026, 10, 25, 12);
  it.each([
    [0, 'just now'],
    [59, 'just now'],
    [60, '1 min ago'],
    [3_600, '1 h ago'],
    [86_400, 'a day ago'],
    [3 * 86_400, '3 days ago'],
    [7 * 86_400, '2026-11-18'],
    [-3_600, '2026-11-25'],
  ])('%i seconds ago is %s', (seconds, words) => {
    expect(ago(now - seconds * 1000, now)).toBe(words);
  });

  it('are said as people say them', () => {
    expect([bytes(1023), bytes(1536), bytes(2_097_152)]).toEqual(['1023 B', '1.5 KiB', '2.0 MiB']);
    expect([counted(1, 'note'), counted(0, 'note')]).toEqual(['1 note', '0 notes']);
  });
});

describe('a table', () => {
  const rows = [['9f86d081884c7d65', 'a-rather-long-name-for-a-robot', 'never', 'alpha, beta']];

  it('stands in columns where there is room, and under its names where there is none', () => {
    expect(table(['hash', 'name', 'used', 'spaces'], rows, 100).split('\n')).toHaveLength(2);
    expect(table(['hash', 'name', 'used', 'spaces'], rows, 50)).toBe(
      '9f86d081884c7d65\n  name    a-rather-long-name-for-a-robot\n  used    never\n  spaces  alpha, beta',
    );
  });
});
