import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { namesOfRestored, noteOfLife } from '../../src/backups/restored-notes.ts';
import { decodeNote } from '../../src/notes/note-text.ts';

const own = { life: 'new life', space: 'beta' };

describe('a note in another life', () => {
  it('names it and its space, and is the same byte for byte else', () => {
    const text =
      '---\ntimestamp: "2025-05-05T05:00:00+00:00"\nagent: "cline"\ncategory: "todo"\ntags: []\nspace_id: "alpha"\nlife: "old"\n---\n\n---\nlife: x\n---\n';
    expect(noteOfLife(text, own)).toBe(
      '---\ntimestamp: "2025-05-05T05:00:00+00:00"\nagent: "cline"\ncategory: "todo"\ntags: []\nspace_id: "beta"\nlife: "new life"\n---\n\n---\nlife: x\n---\n',
    );
  });

  it('keeps the line ends, the mark of the byte order and the fields of people', () => {
    const text =
      '\uFEFF---\r\nagent: bob\r\ntimestamp: 2025-05-05T05:00:00Z\r\ncategory: todo\r\ntags:\r\n  - a\r\nmine: 1\r\n---\r\n\r\nText\r\n';
    const restored = noteOfLife(text, own);
    expect(restored.replace('space_id: "beta"\r\nlife: "new life"\r\n', '')).toBe(text);
    expect(decodeNote('k', restored)).toMatchObject({
      agent: 'bob',
      tags: ['a'],
      life: 'new life',
      content: 'Text\r\n',
    });
  });

  it.each([
    ['has no front matter', 'just text\n'],
    ['cannot be read', '---\nagent: "a"\n---\n\nx'],
    [
      'would tell something else',
      '---\nagent: bob\nspace_id:\n  alpha\ntimestamp: 2025-05-05T05:00:00Z\ncategory: todo\n---\n\nx',
    ],
  ])('stays as it is where it %s', (_, text) => {
    expect(noteOfLife(text, own)).toBe(text);
  });
});

describe('names of restored notes', () => {
  it('are new, the same for the same operation, and differ even where their hashes meet', () => {
    const byName = new Map<string, string>();
    let meeting: readonly string[] | undefined;
    for (let n = 0; meeting === undefined; n++) {
      const filename = `20260102T030405_a_todo_${n.toString(16).padStart(8, '0')}.md`;
      const hash = createHash('sha256').update(`op${filename}`).digest('hex').slice(0, 8);
      const other = byName.get(hash);
      if (other !== undefined) meeting = [`live/${other}`, `live/${filename}`];
      byName.set(hash, filename);
    }
    const names = namesOfRestored(meeting, 'op');
    expect(new Set(names.values()).size).toBe(2);
    for (const [path, name] of names) {
      expect(name).toMatch(/^20260102T030405_a_todo_[0-9a-f]{8}\.md$/);
      expect(path).not.toContain(name);
    }
    expect(namesOfRestored(meeting.toReversed(), 'op')).toEqual(names);
    expect([...namesOfRestored(meeting, 'other').values()]).not.toEqual([...names.values()]);
  });
});
