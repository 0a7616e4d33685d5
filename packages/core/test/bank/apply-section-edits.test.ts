import { describe, expect, it } from '@jest/globals';
import { applySectionEdits, type EditedText } from '../../src/bank/apply-section-edits.ts';
import type { SectionEdit, SectionOperation } from '../../src/bank/edit.ts';
import { InvalidInputError, SectionNotFoundError } from '../../src/errors.ts';
import { sectionsOf } from './tricky-markdown.ts';

type Step = readonly [operation: SectionOperation, title: string, content?: string];

/** Does steps whose sections are named by their path, `Team > Notes`, and by their heading where the path is empty. */
function edit(text: string, ...steps: readonly Step[]): EditedText {
  const sections = sectionsOf(text);
  const edits = steps.map(([operation, title, content = '']): SectionEdit => {
    const found = sections.find(({ path, heading }) => [...path, heading].join(' > ') === title);
    return { operation, section: found?.id ?? 'none', heading: found?.heading ?? title, content };
  });
  return applySectionEdits(text, sections, edits);
}

function edited(text: string, ...steps: readonly Step[]): string {
  const { text: result, refused } = edit(text, ...steps);
  expect(refused).toEqual([]);
  return result;
}

const messages = ({ refused }: EditedText): readonly string[] => refused.map(({ error }) => error.message);

const text =
  '# Team\n\nintro\n\n## Notes\n\nold\n\n### Past\n\npast\n\n## Plans\n\nplan\n\n# Work\n\n## Notes\n\nwork\n';

describe('replacing a section', () => {
  it('puts the content below the heading in the place of text and children', () => {
    const result = edited(text, ['replace_section', 'Team > Notes', '\n\nnew\n\n### Now\n\nnow\n']);
    expect(result).toBe(text.replace('old\n\n### Past\n\npast', 'new\n\n### Now\n\nnow'));
  });

  it('finds the section by its id and not by the first heading of that name', () => {
    expect(edited(text, ['replace_section', 'Work > Notes', 'new'])).toBe(text.replace('work\n', 'new\n'));
  });

  it('leaves the heading as it is written, with closing marks, indentation or an underline', () => {
    expect(edited('  ## A  ## \nold\n', ['replace_section', 'A', 'new'])).toBe('  ## A  ## \n\nnew\n');
    expect(edited('A\n===\nold', ['replace_section', 'A', 'new'])).toBe('A\n===\n\nnew\n');
  });

  it('does not double a heading that the content repeats', () => {
    expect(edited('## A\n\nold\n', ['replace_section', 'A', '## A ##\nnew\n\n### B'])).toBe('## A\n\nnew\n\n### B\n');
    expect(edited('## A\n\nold\n', ['replace_section', 'A', 'A\n---\n\nnew'])).toBe('## A\n\nnew\n');
  });

  it('empties the section where the content is empty', () => {
    expect(edited('# A\n\nold\n\n# B\n', ['replace_section', 'A'])).toBe('# A\n\n# B\n');
  });

  it('changes no byte where the section has that content already', () => {
    const same = '# A\r\nold\nlines\r\n\r\n\r\n# B';
    expect(edited(same, ['replace_section', 'A', 'old\nlines'])).toBe(same);
  });
});

describe('appending to a section', () => {
  it('adds text at the end of the own text, before the children', () => {
    expect(edited(text, ['append_to_section', 'Team', 'more'])).toBe(text.replace('intro\n', 'intro\n\nmore\n'));
  });

  it('adds content that begins with a heading after the children', () => {
    const result = edited(text, ['append_to_section', 'Team', '## New\n\nnew']);
    expect(result).toBe(text.replace('plan\n', 'plan\n\n## New\n\nnew\n'));
  });

  it('adds sections that follow text before the first child', () => {
    const result = edited('# A\na\n## B\nb', ['append_to_section', 'A', 'more\n\n## New']);
    expect(result).toBe('# A\na\n\nmore\n\n## New\n\n## B\nb');
  });

  it('supplies the line end that the document lacks', () => {
    expect(edited('# A\n\na', ['append_to_section', 'A', 'b'])).toBe('# A\n\na\n\nb\n');
    expect(edited('# A', ['append_to_section', 'A', 'b'])).toBe('# A\n\nb\n');
  });

  it.each(['\r\n', '\r'])('writes the line ends of the document: %j', (lineEnd) => {
    const lines = (...all: readonly string[]): string => all.join(lineEnd);
    expect(edited(lines('# A', 'a', '# B', ''), ['append_to_section', 'A', 'b\nc'])).toBe(
      lines('# A', 'a', '', 'b', 'c', '', '# B', ''),
    );
  });

  it('makes a blank line where line ends of two kinds would run together', () => {
    expect(edited('# A\n\na\r', ['append_to_section', 'A', 'b'])).toBe('# A\n\na\r\n\nb\n');
  });

  it('leaves the blanks of blank lines on lines of their own', () => {
    expect(edited('# A\n\n  ', ['append_to_section', 'A', 'b'])).toBe('# A\n\n  \nb\n');
    expect(edited('# A\n  \n\n# B', ['prepend_to_section', 'A', 'b'])).toBe('# A\n\nb\n  \n\n# B');
  });

  it('adds nothing that stands there already, alone or in a sequence', () => {
    const steps: readonly Step[] = [
      ['append_to_section', 'Team > Notes', '- one'],
      ['append_to_section', 'Team > Notes', '- two\n\n#### Deep'],
      ['append_to_section', 'Team', '## New'],
    ];
    const once = edited(text, ...steps);
    expect(edited(once, ...steps)).toBe(once);
  });

  it('is refused where the content would land in the last child', () => {
    expect(messages(edit('# A\n## B\n', ['append_to_section', 'A', '### C']))).toEqual([
      'content: would land in the section A > B before it: begin with a heading of level ##',
    ]);
  });

  it('is refused in a section that ends in an open code fence', () => {
    const { refused } = edit('# A\n```\ncode', ['append_to_section', 'A', 'text']);
    expect(refused[0]?.error).toMatchObject({ code: 'INVALID_INPUT', faults: [{ at: 'section' }] });
  });
});

describe('prepending to a section', () => {
  it('adds text right below the heading', () => {
    expect(edited('# A\na\n## B\n', ['prepend_to_section', 'A', 'new'])).toBe('# A\n\nnew\n\na\n## B\n');
  });

  it('adds content that begins with a heading before the first child', () => {
    expect(edited('# A\na\n## B\n', ['prepend_to_section', 'A', '## C\nc'])).toBe('# A\na\n\n## C\nc\n\n## B\n');
  });

  it('keeps the order of edits, and adds nothing twice', () => {
    const steps: readonly Step[] = [
      ['prepend_to_section', 'A', 'one'],
      ['prepend_to_section', 'A', 'two'],
      ['append_to_section', 'A', 'three'],
      ['prepend_to_section', 'A', '## B'],
    ];
    const once = edited('# A\n', ...steps);
    expect(once).toBe('# A\n\none\n\ntwo\n\nthree\n\n## B\n');
    expect(edited(once, ...steps)).toBe(once);
  });

  it('is refused where the content would take in the first child', () => {
    expect(messages(edit('# A\n### B\n', ['prepend_to_section', 'A', '## C']))).toEqual([
      'content: would take in the section A > B after it: use headings of level ###',
    ]);
  });
});

describe('adding a section', () => {
  it('puts it after the section and its children', () => {
    const result = edited(text, ['add_section', 'Team > Notes', '## Next\n\nnext']);
    expect(result).toBe(text.replace('past\n', 'past\n\n## Next\n\nnext\n'));
  });

  it('puts a section of a deeper level after the last child', () => {
    expect(edited('# A\n## B\nb\n# C', ['add_section', 'A', '## D'])).toBe('# A\n## B\nb\n\n## D\n\n# C');
  });

  it('adds nothing where it follows already', () => {
    const steps: readonly Step[] = [
      ['add_section', 'Team', '# One\n\n## Child'],
      ['add_section', 'Team', '# Two'],
    ];
    const once = edited(text, ...steps);
    expect(once).toContain('plan\n\n# One\n\n## Child\n\n# Two\n\n# Work');
    expect(edited(once, ...steps)).toBe(once);
  });

  it('is refused without a heading, or with one of a higher level', () => {
    expect(messages(edit(text, ['add_section', 'Team', 'text\n\n# A']))[0]).toContain('must begin with a heading');
    expect(messages(edit(text, ['add_section', 'Team > Notes', '# A']))[0]).toContain('no heading above ##');
    expect(messages(edit(text, ['add_section', 'Team > Notes', '## A\n# B']))[0]).toContain('no heading above ##');
  });
});

describe('deleting a section', () => {
  it('takes the children along and leaves all else', () => {
    expect(edited(text, ['delete_section', 'Team > Notes'])).toBe(
      text.replace('## Notes\n\nold\n\n### Past\n\npast\n\n', ''),
    );
  });

  it('keeps the text before it out of an underlined heading after it', () => {
    expect(edited('text\n# A\nB\n===\n', ['delete_section', 'A'])).toBe('text\n\nB\n===\n');
  });

  it('leaves an empty document where it was all there was', () => {
    expect(edited('# A\n\n```\nopen', ['delete_section', 'A'])).toBe('');
    expect(edited('\uFEFF# A\n# B', ['delete_section', 'A'])).toBe('\uFEFF# B');
  });

  it('is refused with content, and where the section is gone', () => {
    expect(messages(edit(text, ['delete_section', 'Team', 'x']))[0]).toContain('must be empty');
    expect(edit('# A\n', ['delete_section', 'B']).refused[0]?.error).toBeInstanceOf(SectionNotFoundError);
  });
});

const refusal = (section: string, heading: string, of = text): unknown =>
  applySectionEdits(of, sectionsOf(of), [{ operation: 'delete_section', section, heading, content: '' }]).refused[0]
    ?.error;

describe('finding the section of an edit', () => {
  it('needs the id and the heading to agree, and names the sections with that heading', () => {
    expect(refusal('s1', 'Notes')).toMatchObject({
      message: 'section "s1" is headed "Team", not "Notes"; sections there: Team > Notes, Work > Notes',
      candidates: ['Team > Notes', 'Work > Notes'],
    });
  });

  it('never guesses from the heading alone, and names all sections where none has it', () => {
    const many = Array.from({ length: 30 }, (_, n) => `# H${n}\n`).join('');
    expect(refusal('s99', 'Team', '# Team\n')).toMatchObject({ code: 'SECTION_NOT_FOUND', candidates: ['Team'] });
    expect(refusal('s99', 'X', many)).toHaveProperty('candidates.length', 10);
  });

  it('says so where there are no sections', () => {
    expect(refusal('s1', 'A', 'text')).toMatchObject({
      candidates: [],
      message: expect.stringContaining('no sections'),
    });
  });

  it.each(['## Über  uns', 'U\u0308ber\u00A0uns ', '##Über uns'])('takes %j for Über uns', (heading) => {
    expect(refusal('s1', heading, '# Über uns')).toBeUndefined();
  });

  it('takes a heading that starts with marks of its own as it is', () => {
    expect(refusal('s1', '#tag', '# #tag')).toBeUndefined();
    expect(refusal('s1', '# #tag', '# #tag')).toBeUndefined();
    expect(refusal('s1', 'Tag', '# tag')).toBeInstanceOf(SectionNotFoundError);
  });
});

describe('content that would change the rest of the document', () => {
  it.each(['```\ncode', '~~~', '<!-- comment', '<script>\nx', '<pre>', 'text\n\n```js\n# a'])(
    'is refused: %j',
    (content) => {
      for (const operation of ['replace_section', 'append_to_section', 'prepend_to_section'] as const) {
        const result = edit(text, [operation, 'Team', content]);
        expect(result.text).toBe(text);
        expect(messages(result)[0]).toMatch(/^content: leaves a code fence/);
      }
    },
  );

  it.each(['# Other', '## Other', 'text\n\n# Other'])('is refused where it would end the section: %j', (content) => {
    for (const operation of ['replace_section', 'append_to_section', 'prepend_to_section'] as const) {
      expect(messages(edit(text, [operation, 'Team > Notes', content]))[0]).toContain('use add_section');
    }
  });

  it('is refused alone, where only the whole shows the harm, and the other edits are done', () => {
    const listed = '# A\n\na\n\n  # B\n\nb\n';
    const result = edit(
      listed,
      ['append_to_section', 'B', 'c'],
      ['append_to_section', 'A', '- item'],
      ['prepend_to_section', 'A', 'd'],
    );
    expect(result.text).toBe('# A\n\nd\n\na\n\n  # B\n\nb\n\nc\n');
    expect(result.refused).toEqual([{ edit: 1, error: expect.any(InvalidInputError) }]);
  });

  it('may hold a heading-like line in closed code, or front matter marks', () => {
    expect(edited('# A\n# B', ['append_to_section', 'A', '---\n```sh\n# install\n```'])).toBe(
      '# A\n\n---\n```sh\n# install\n```\n\n# B',
    );
  });

  it('is refused where it is empty or too long', () => {
    expect(
      messages(
        edit(text, ['append_to_section', 'Team', '\uFEFF \n'], ['append_to_section', 'Team', 'x'.repeat(1_048_577)]),
      ),
    ).toEqual([expect.stringContaining('is empty'), expect.stringContaining('longer than 1048576')]);
  });
});

describe('several edits', () => {
  it('are all meant for the text as read, whatever their order', () => {
    const steps: readonly Step[] = [
      ['add_section', 'Team > Plans', '## Z'],
      ['append_to_section', 'Work > Notes', 'w'],
      ['append_to_section', 'Team > Plans', 'p'],
      ['delete_section', 'Team > Notes'],
      ['append_to_section', 'Team', '## Y'],
    ];
    expect(edited(text, ...steps)).toBe(
      '# Team\n\nintro\n\n## Plans\n\nplan\n\np\n\n## Z\n\n## Y\n\n# Work\n\n## Notes\n\nwork\n\nw\n',
    );
  });

  it.each<[string, Step, Step]>([
    ['an addition to a deleted section', ['delete_section', 'Team'], ['append_to_section', 'Team', 'x']],
    [
      'an addition below a replaced section',
      ['replace_section', 'Team', 'x'],
      ['append_to_section', 'Team > Notes', 'x'],
    ],
    ['a section after a child of a deleted one', ['delete_section', 'Team'], ['add_section', 'Team > Plans', '## X']],
    ['a deletion around a replacement', ['replace_section', 'Team > Notes', 'x'], ['delete_section', 'Team']],
    [
      'a replacement of what another added to',
      ['append_to_section', 'Team > Notes', 'x'],
      ['replace_section', 'Team', 'y'],
    ],
    ['a second replacement', ['replace_section', 'Team', 'x'], ['replace_section', 'Team', 'y']],
  ])('exclude each other, and the later is refused: %s', (_case, first, second) => {
    const result = edit(text, first, second);
    expect(result.text).toBe(edited(text, first));
    expect(result.refused).toEqual([{ edit: 1, error: expect.any(InvalidInputError) }]);
  });

  it('may replace a section and add one after it', () => {
    expect(edited('# A\n# B', ['add_section', 'A', '# C'], ['delete_section', 'A'])).toBe('# C\n\n# B');
    expect(edited('# A', ['add_section', 'A', '# C'], ['replace_section', 'A', 'a'])).toBe('# A\n\na\n\n# C\n');
  });

  it('add again what another of them removes', () => {
    expect(edited('# A\n# B\nb\n', ['delete_section', 'B'], ['add_section', 'A', '# B\nb'])).toBe('# A\n\n# B\nb\n');
  });

  it('of a hundred on a large document are done in seconds', () => {
    const large = Array.from(
      { length: 2000 },
      (_, n) => `## S${n}\n\n${'- line\n'.repeat(50)}\n\`\`\`\ncode\n\`\`\`\n`,
    ).join('');
    const steps = Array.from({ length: 100 }, (_, n): Step => ['append_to_section', `S${n * 20}`, '- more']);
    const started = performance.now();
    expect(edited(large, ...steps).length).toBe(large.length + 100 * '\n- more\n\n'.length);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
