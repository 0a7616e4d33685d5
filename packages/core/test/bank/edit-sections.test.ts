import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applySectionEdits } from '../../src/bank/apply-section-edits.ts';
import { type SectionEdit, sectionOperations } from '../../src/bank/edit.ts';
import { readSections, type Section } from '../../src/bank/sections.ts';
import { contents, documents, sectionsOf } from './tricky-markdown.ts';

interface Request {
  readonly operation: SectionEdit['operation'];
  readonly nth: number;
  readonly content: string;
}

const requests = fc.record({ operation: fc.constantFrom(...sectionOperations), nth: fc.nat(20), content: contents });

const additions = requests.filter(({ operation }) => operation !== 'delete_section');

/** Documents in which each heading occurs once, so that a section is found again by it. */
const numberedDocuments = fc
  .array(
    fc.tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom('', '\ntext', '\n\n- item\n\n', '\n\n```\n# code\n```\n')),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((sections) => sections.map(([level, body], n) => `${'#'.repeat(level)} Number ${n}${body}`).join('\n'));

function editsOf(sections: readonly Section[], asked: readonly Request[]): readonly SectionEdit[] {
  return asked.flatMap(({ operation, nth, content }) => {
    const section = sections[nth % Math.max(1, sections.length)];
    if (!section) return [];
    const { id, heading } = section;
    return [{ operation, section: id, heading, content: operation === 'delete_section' ? '' : content }];
  });
}

function apply(text: string, edits: readonly SectionEdit[]): ReturnType<typeof applySectionEdits> {
  return applySectionEdits(text, sectionsOf(text), edits);
}

/** The span an edit may touch. */
function spanOf({ start, bodyStart, ownEnd, end }: Section, { operation }: SectionEdit): readonly [number, number] {
  const inside = operation === 'append_to_section' ? ownEnd : bodyStart;
  const from = { delete_section: start, add_section: end }[operation as string] ?? inside;
  const to = operation === 'prepend_to_section' ? ownEnd : end;
  return [from, to];
}

const titles = (text: string): readonly string[] =>
  readSections(text, () => '').map(({ path, heading }) => [...path, heading].join('\n'));
const own = (text: string, { start, ownEnd }: Section): string => text.slice(start, ownEnd).replace(/[ \t\r\n]+$/, '');

describe('an edit of any section of any document', () => {
  it('keeps all before and after the section', () => {
    const property = fc.property(documents, requests, (text, request) => {
      const sections = sectionsOf(text);
      for (const edit of editsOf(sections, [request])) {
        const target = sections.find(({ id }) => id === edit.section);
        const [from, to] = target ? spanOf(target, edit) : [0, 0];
        const result = apply(text, [edit]).text;
        expect(result.startsWith(text.slice(0, from))).toBe(true);
        expect(result.endsWith(text.slice(to)) || to === text.length).toBe(true);
      }
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('leaves every other section to be found as it was', () => {
    const property = fc.property(documents, requests, (text, request) => {
      const sections = sectionsOf(text);
      for (const edit of editsOf(sections, [request])) {
        const target = sections.find(({ id }) => id === edit.section);
        const others = sections.filter(({ start, end }) => target && (end <= target.start || start >= target.end));
        const { text: result } = apply(text, [edit]);
        const found = sectionsOf(result).map((section) => own(result, section));
        expect(found).toEqual(expect.arrayContaining(others.map((section) => own(text, section))));
        expect(titles(result)).toEqual(
          expect.arrayContaining(others.map(({ path, heading }) => [...path, heading].join('\n'))),
        );
      }
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('changes nothing when it is done again', () => {
    const property = fc.property(documents, additions, (text, request) => {
      for (const edit of editsOf(sectionsOf(text), [request])) {
        const { text: once, refused } = apply(text, [edit]);
        fc.pre(refused.length === 0);
        const start = sectionsOf(text).find(({ id }) => id === edit.section)?.start;
        const again = sectionsOf(once).find((section) => section.start === start);
        expect(apply(once, [{ ...edit, section: again?.id ?? '' }])).toEqual({ text: once, refused: [] });
      }
    });
    fc.assert(property, { numRuns: 200 });
  });
});

describe('several edits of any document', () => {
  it('change nothing when they are done again', () => {
    const property = fc.property(numberedDocuments, fc.array(additions, { maxLength: 6 }), (text, asked) => {
      const edits = editsOf(sectionsOf(text), asked);
      const { text: once, refused } = apply(text, edits);
      const ids = new Map(sectionsOf(once).map(({ heading, id }) => [heading, id]));
      const again = edits
        .filter((_, index) => !refused.some(({ edit }) => edit === index))
        .map((edit) => ({ ...edit, section: ids.get(edit.heading) ?? '' }));
      expect(apply(once, again)).toEqual({ text: once, refused: [] });
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('report each refusal once, in order', () => {
    const property = fc.property(documents, fc.array(requests, { maxLength: 6 }), (text, asked) => {
      const refused = apply(text, editsOf(sectionsOf(text), asked)).refused.map(({ edit }) => edit);
      expect(refused).toEqual([...new Set(refused)].toSorted((one, other) => one - other));
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('do the same as without the refused ones', () => {
    const property = fc.property(documents, fc.array(requests, { maxLength: 6 }), (text, asked) => {
      const edits = editsOf(sectionsOf(text), asked);
      const { text: result, refused } = apply(text, edits);
      const accepted = edits.filter((_, index) => !refused.some(({ edit }) => edit === index));
      expect(apply(text, accepted)).toEqual({ text: result, refused: [] });
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('never touch a section that none of them names, nor its headings', () => {
    const property = fc.property(documents, fc.array(requests, { maxLength: 6 }), (text, asked) => {
      const sections = sectionsOf(text);
      const edits = editsOf(sections, asked);
      const { text: result } = apply(text, edits);
      const named = sections.filter(({ id }) => edits.some((edit) => edit.section === id));
      const others = sections.filter(
        (section) => !named.some(({ start, end }) => start <= section.start && section.start < end),
      );
      const found = sectionsOf(result).map((section) => own(result, section));
      expect(found).toEqual(expect.arrayContaining(others.map((section) => own(text, section))));
    });
    fc.assert(property, { numRuns: 200 });
  });
});
