import fc from 'fast-check';
import { readSections, type Section } from '../../src/bank/sections.ts';

const headings = [
  '# Team',
  '## Notes',
  '### Notes',
  '### Notes ###',
  '  ## Indented',
  '#\tTabbed\t#',
  '#',
  '## ##',
  '# Ünï \u{1F600}',
  'Underlined\n===',
  'Two\n  lines\n---',
  '[a]: b\nAfter a definition\n===',
  '[a]: b\n    Indented\n---',
];

const blocks = [
  'text',
  'two\nlines  ',
  '- item\n  # in a list',
  '- item\n\n  ## Indented',
  '- item\n\n  ```\n  # fenced in it\n  ```\n\n  ---\n\n  <div>',
  '-   wide\n  # not inside',
  '* * *\n  # after a break',
  '+ plus\n\t# tab\n\n  === ',
  '- - nested\n    # deep\n  # less',
  '  # two spaces',
  '  ```',
  '1. one\n2. two',
  '> # quoted\n> text',
  '> ```\n> # quoted code',
  '```sh\n# install\nnpm i\n```',
  '````md\n```\n# nested\n```\n````',
  '~~~\n# tildes\n```\n~~~',
  '    # indented code',
  '\t# tabbed code',
  '<div>\n# in html\n</div>',
  '<!-- a\n\n# comment\n\n-->',
  '<!-- one line -->',
  '<script>\n\n# script\n\n</script>',
  '| a | b |\n| - | - |\n| # 1 | 2 |',
  '| a |\n---',
  '***',
  '---',
  '===',
  '#no heading',
  '\\# no heading',
  '####### seven',
  '[a]: b',
  'a\u2028# no line end',
  'nul \u0000 and \uD83D half a pair',
  '-',
  '   ',
];

const open = ['```\n# never closed', '~~~ js', '<!-- # open', '<pre>\n# open', '- ```\n  open in a list'];
const starts = [
  '',
  '',
  '\uFEFF',
  '\uFEFF\uFEFF',
  '---\na: 1\n---\n',
  '---\n# a: 1\n\n---\n',
  '---\n# never closed\n',
  '\n\n',
];

/** Whole documents made of all that has been mistaken for a heading, or has hidden one, in any line ends. */
export const documents: fc.Arbitrary<string> = fc
  .record({
    start: fc.constantFrom(...starts),
    pieces: fc.array(
      fc.oneof(
        { arbitrary: fc.constantFrom(...headings), weight: 5 },
        { arbitrary: fc.constantFrom(...blocks), weight: 8 },
        { arbitrary: fc.constantFrom(...open), weight: 1 },
      ),
      { maxLength: 12 },
    ),
    ends: fc.infiniteStream(fc.constantFrom('\n', '\n\n', '\n\n', '\n\n\n', '\n \t\n')),
    lineEnds: fc.infiniteStream(fc.constantFrom('\n', '\r\n', '\r')),
    mixed: fc.boolean(),
    finalLineEnd: fc.boolean(),
  })
  .map(({ start, pieces, ends, lineEnds, mixed, finalLineEnd }) => {
    const body = pieces.map((piece, n) => (n > 0 ? `${ends.next().value}${piece}` : piece)).join('');
    const one = lineEnds.next().value;
    return `${start}${body}${finalLineEnd ? '\n' : ''}`.replaceAll('\n', () => (mixed ? lineEnds.next().value : one));
  });

/** Contents of edits: text, sections, or both. */
export const contents: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { arbitrary: fc.constantFrom(...blocks, ...open), weight: 2 },
      { arbitrary: fc.constantFrom(...headings, '#### Deep', '###### Deepest\n\nbelow'), weight: 2 },
    ),
    { maxLength: 3 },
  )
  .map((pieces) => pieces.join('\n\n'));

/** Reads sections with ids that count. */
export function sectionsOf(text: string): readonly Section[] {
  let count = 0;
  return readSections(text, () => `s${(count += 1)}`);
}
