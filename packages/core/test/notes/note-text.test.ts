import { describe, expect, it } from '@jest/globals';
import { type Category, categories, UnreadableObjectError } from '@live-mem/core';
import fc from 'fast-check';
import { keyStamp, livePrefix, noteFilename, parseNoteFilename, restoredName } from '../../src/notes/note-key.ts';
import { decodeNote, encodeNote } from '../../src/notes/note-text.ts';

const anyText = fc.string({ unit: 'grapheme', maxLength: 200 }).filter((text) => text.isWellFormed());
const instant = fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true });

const note = fc.record({
  at: instant,
  agent: fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .filter(
      (name) =>
        name.trim() !== '' && !/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u.test(name) && name.isWellFormed(),
    ),
  category: fc.constantFrom<Category>(...categories),
  tags: fc.array(anyText, { maxLength: 3 }),
  content: fc.oneof(anyText, fc.constantFrom('---\n', '\n\n# x', '\r\n', '\uFEFFx', '--- \n---\n\n')),
  life: fc.option(fc.constantFrom('ab12', 'ffff'), { nil: undefined }),
});

describe('a note as it is stored', () => {
  it('reads back as it was, whatever it says', () => {
    fc.assert(
      fc.property(note, ({ at, agent, category, tags, content, life }) => {
        const filename = noteFilename(at.getTime(), agent, category, '0a1b2c3d');
        const written = {
          filename,
          timestamp: at.toISOString(),
          agent,
          category,
          tags,
          content,
          ...(life === undefined ? {} : { life }),
        };
        expect(decodeNote(`s/live/${filename}`, encodeNote(written, 's'))).toEqual(written);
      }),
    );
  });

  it('is read where a person wrote plain YAML', () => {
    const text =
      '---\r\ntimestamp: 2026-02-20T18:00:00+01:00\r\nagent: Zoé\r\ncategory: todo\r\ntags: [a, b]\r\n---\r\nbuy milk';
    expect(decodeNote('s/live/x.md', text)).toMatchObject({
      agent: 'Zoé',
      category: 'todo',
      tags: ['a', 'b'],
      timestamp: '2026-02-20T17:00:00.000Z',
      content: 'buy milk',
    });
  });

  it.each([
    ['no front matter', 'just text'],
    ['an unfinished one', '---\nagent: "a"\n'],
    ['one that is no YAML', '---\n: : [\n---\n\nx'],
    ['no agent', '---\ntimestamp: "2026-01-01T00:00:00Z"\ncategory: "todo"\n---\n\nx'],
    ['no such category', '---\ntimestamp: "2026-01-01T00:00:00Z"\nagent: "a"\ncategory: "gossip"\n---\n\nx'],
    ['no time', '---\ntimestamp: "soon"\nagent: "a"\ncategory: "todo"\n---\n\nx'],
    ['an alias bomb', '---\na: &a [x]\nb: [*a, *a]\nagent: *a\n---\n\nx'],
  ])('with %s is an unreadable object that names its key', (_, text) => {
    expect(() => decodeNote('s/live/x.md', text)).toThrow(UnreadableObjectError);
    expect(() => decodeNote('s/live/x.md', text)).toThrow('key=s/live/x.md');
  });
});

describe('the file name of a note', () => {
  it('sorts by time and gives its parts back, whatever underscores the agent has', () => {
    const filename = noteFilename(Date.UTC(2026, 1, 20, 18, 0, 5), 'a_todo_b', 'decision', '0a1b2c3d');
    expect(filename).toBe('20260220T180005_a_todo_b_decision_0a1b2c3d.md');
    expect(parseNoteFilename(filename)).toEqual({
      stamp: '20260220T180005',
      safeAgent: 'a_todo_b',
      category: 'decision',
      unique: '0a1b2c3d',
    });
    expect(keyStamp(Date.UTC(2026, 1, 20, 18, 0, 5)) < keyStamp(Date.UTC(2026, 1, 20, 18, 0, 6))).toBe(true);
  });

  it('is not every file under live/', () => {
    for (const name of [
      '.keep',
      'README.md',
      '20260220T180005_a_gossip_0a1b2c3d.md',
      '../x.md',
      '20260220T180005_a_todo_0A1B2C3D.md',
    ]) {
      expect(parseNoteFilename(name)).toBeUndefined();
    }
    expect(livePrefix('s')).toBe('s/live/');
  });

  it('of a note brought back is new, and the same for the same operation', () => {
    const name = '20260220T180005_a_todo_0a1b2c3d.md';
    expect(restoredName(name, 'op')).toMatch(/^20260220T180005_a_todo_[0-9a-f]{8}\.md$/);
    expect(restoredName(name, 'op')).not.toBe(name);
    expect(restoredName(name, 'op')).toBe(restoredName(name, 'op'));
    expect(restoredName(name, 'other')).not.toBe(restoredName(name, 'op'));
  });
});
