import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseHeadings } from '../../src/bank/markdown.ts';
import { readSections } from '../../src/bank/sections.ts';
import { documents, sectionsOf } from './tricky-markdown.ts';

const outline = (text: string): readonly string[] =>
  sectionsOf(text).map(({ level, heading }) => `${level} ${heading}`);

describe('the sections of a Markdown text', () => {
  it.each([
    ['a comment in a shell block', '# Setup\n\n```sh\n# install\n```\n', ['1 Setup']],
    ['a fence inside a longer fence', '# A\n````\n```\n# b\n```\n# c\n````\n# D', ['1 A', '1 D']],
    ['an unclosed fence', '# A\n~~~\n# b\n# c', ['1 A']],
    ['indented code', '# A\n\n    # b\n\t# c', ['1 A']],
    ['a list', '# A\n- x\n  # b\n', ['1 A']],
    ['a block quote', '> # b\n\n# A\n> ## c', ['1 A']],
    ['a comment', '<!--\n# b\n\n# c\n-->\n# A', ['1 A']],
    ['an HTML block', '<div>\n# b\n\n# A', ['1 A']],
    ['front matter', '---\n# b\ntitle: x\n---\n# A', ['1 A']],
    ['front matter after a byte order mark', '\uFEFF---\n# b\n---\n# A', ['1 A']],
    ['a table', '# A\n| a |\n| - |\n| # b |', ['1 A']],
    ['a line separator', '# A\u2028# b', ['1 A\u2028# b']],
  ])('are not found in %s', (_place, text, expected) => {
    expect(outline(text)).toEqual(expected);
  });

  it('have headings with marks and underlined ones, with a text free of marks', () => {
    expect(outline('# A #\n##\tB  ##  \nC\n===\nD\n  and e\n---\n#\n# f#\n### ###\n')).toEqual([
      '1 A',
      '2 B',
      '1 C',
      '2 D and e',
      '1 ',
      '1 f#',
      '3 ',
    ]);
  });

  it('start where the words of an underlined heading start, after link definitions', () => {
    const text = '[a]: b\nTitle\n===\n';
    expect(sectionsOf(text)[0]).toMatchObject({ heading: 'Title', start: 7, bodyStart: text.length });
  });

  it('know where their own text, their children and they themselves end', () => {
    const text = 'before\n# A\na\n## B\nb\n#### C\n## D\n# E';
    expect(sectionsOf(text).map(({ heading, start, ownEnd, end }) => [heading, start, ownEnd, end])).toEqual([
      ['A', 7, 13, 32],
      ['B', 13, 20, 27],
      ['C', 20, 27, 27],
      ['D', 27, 32, 32],
      ['E', 32, 35, 35],
    ]);
  });

  it('have the path of the headings around them, so that namesakes differ', () => {
    const text = '# Team\n### Notes\n# Work\n## Old\n### Notes\n### Notes\n';
    expect(sectionsOf(text).map(({ id, path }) => [id, path])).toEqual([
      ['s1', []],
      ['s2', ['Team']],
      ['s3', []],
      ['s4', ['Work']],
      ['s5', ['Work', 'Old']],
      ['s6', ['Work', 'Old']],
    ]);
  });

  it.each(['\n', '\r\n', '\r'])(
    'have exact offsets after a byte order mark and in lines that end with %j',
    (lineEnd) => {
      const text = ['\uFEFF# \u{1F600}', 'a\tb\u0000', '## B', 'C', '==='].join(lineEnd);
      expect(sectionsOf(text).map(({ start, ownEnd }) => text.slice(start, ownEnd))).toEqual([
        ['# \u{1F600}', 'a\tb\u0000', ''].join(lineEnd),
        ['## B', ''].join(lineEnd),
        ['C', '==='].join(lineEnd),
      ]);
    },
  );

  it('are none in an empty text', () => {
    expect(sectionsOf('')).toEqual([]);
  });

  it('are those that the parser finds in the whole text at once', () => {
    const property = fc.property(documents, (text) => {
      const found = sectionsOf(text).map(({ heading, level, start, bodyStart }) => ({
        heading,
        level,
        start,
        bodyStart,
      }));
      expect(found).toEqual(parseHeadings(text));
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('cut the text into pieces that join to the same text', () => {
    const property = fc.property(fc.oneof(documents, fc.string({ unit: 'binary' })), (text) => {
      const sections = sectionsOf(text);
      const pieces = sections.flatMap(({ start, bodyStart, ownEnd }) => [
        text.slice(start, bodyStart),
        text.slice(bodyStart, ownEnd),
      ]);
      expect(text.slice(0, sections[0]?.start ?? text.length) + pieces.join('')).toBe(text);
    });
    fc.assert(property);
  });

  it('lie inside one another or apart, and end where the next of their level starts', () => {
    const property = fc.property(documents, (text) => {
      const sections = sectionsOf(text);
      for (const [index, { level, start, bodyStart, ownEnd, end }] of sections.entries()) {
        const later = sections.slice(index + 1);
        expect(start < bodyStart && bodyStart <= ownEnd && ownEnd <= end).toBe(true);
        expect(ownEnd).toBe(later[0]?.start ?? text.length);
        expect(end).toBe(later.find((next) => next.level <= level)?.start ?? text.length);
      }
    });
    fc.assert(property);
  });

  it('are read from a megabyte in seconds', () => {
    const part =
      '## Notes\n\n- one\n- two\n\n| a |\n| - |\n| 1 |\n\nSome *text* with `code`, [a link](x) and ~~more~~.\n\n';
    const code = '```sh\n# install\nnpm ci\n```\n\n';
    const text = `${part.repeat(9)}${code}`.repeat(1_000_000 / (9 * part.length + code.length));
    const started = performance.now();
    expect(readSections(text, () => '').length).toBeGreaterThan(9000);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
