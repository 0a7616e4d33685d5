import { describe, expect, it } from '@jest/globals';
import { decodeNote } from '../../src/notes/note-text.ts';
import { cleanFile, holdsSecret } from '../../src/redaction/clean-file.ts';
import { createMask } from '../../src/redaction/mask.ts';

const noteOf = (front: string, content: string): string => `---\n${front}\n---\n\n${content}`;
const ours = 'timestamp: "2026-01-02T03:04:05.000Z"\nagent: "bob hunter2"\ncategory: "todo"\ntags: ["hunter2", "b"]';
const clean = (secret: string, path: string, text: string): string => cleanFile(createMask(secret), path, text);

describe('a note without a secret', () => {
  it('has it neither in the agent, nor the tags, nor the content, and all else as it was', () => {
    const cleaned = clean('hunter2', 'live/x.md', noteOf(ours, 'use hunter2'));
    expect(cleaned).not.toContain('hunter2');
    expect(decodeNote('', cleaned)).toMatchObject({
      agent: 'bob *******',
      tags: ['*******', 'b'],
      timestamp: '2026-01-02T03:04:05.000Z',
      content: 'use *******',
    });
  });

  it('keeps its time, its category and its life, whatever the secret', () => {
    const text = noteOf(`${ours}\nlife: "0a1b2026"`, 'in 2026, todo');
    expect(decodeNote('', clean('2026', 'live/x.md', text))).toMatchObject({
      ...decodeNote('', text),
      content: 'in ****, todo',
    });
    expect(decodeNote('', clean('todo', 'live/x.md', text))).toMatchObject({
      category: 'todo',
      content: 'in 2026, ****',
    });
    expect(decodeNote('', clean('agent', 'live/x.md', text)).agent).toBe('bob hunter2');
  });

  it.each([
    ['agent: hunter2\ntags: [hunter2, b]', { agent: '*******', tags: ['*******', 'b'] }],
    ['agent: hunter2\ntags: hunter2', { agent: '*******', tags: ['*******'] }],
    ['agent: hunter2\ntags:\n  - a\n  - hunter2', { agent: '*******', tags: ['a', '*******'] }],
    ['agent: hunter2\r\ntags: a', { agent: '*******', tags: ['a'] }],
  ])('stays readable where its front matter has no quotes: %j', (front, expected) => {
    const text = noteOf(`timestamp: 2026-01-02T03:04:05Z\ncategory: todo\n${front}`, 'x');
    const cleaned = clean('hunter2', 'live/x.md', text);
    expect(cleaned).not.toContain('hunter2');
    expect(decodeNote('', cleaned)).toMatchObject(expected);
  });

  it('is cleaned as plain text where it has no front matter', () => {
    expect(clean('hunter2', 'live/x.md', '---\nno end hunter2')).toBe('---\nno end *******');
  });
});

describe('_meta.json without a secret', () => {
  it('has it in no value at any depth, and stays JSON', () => {
    const meta = {
      space_id: 'alpha',
      description: 'a "b',
      graph_memory: { token: 'x', list: ['a "b'] },
      n: 1,
      none: null,
    };
    const cleaned = clean('a "b', '_meta.json', JSON.stringify(meta));
    expect(JSON.parse(cleaned)).toEqual({
      ...meta,
      description: '****',
      graph_memory: { token: 'x', list: ['****'] },
    });
    expect(JSON.parse(clean('": "', '_meta.json', '{\n "a": "b"\n}'))).toEqual({ a: 'b' });
  });

  it('keeps what servers go by', () => {
    const meta = { space_id: 'abcd', created_at: 'abcd', creator_token_hash: 'sha256:abcd', owner: 'abcd' };
    expect(JSON.parse(clean('abcd', '_meta.json', JSON.stringify(meta)))).toEqual({ ...meta, owner: '****' });
  });

  it('is left byte for byte where it does not hold it', () => {
    expect(clean('abcd', '_meta.json', '{"b":1}')).toBe('{"b":1}');
  });

  it('is cleaned as text where it is damaged', () => {
    expect(clean('abcd', '_meta.json', '{"b": "abcd')).toBe('{"b": "****');
  });
});

it('finds a secret in the values and names of JSON, however it is escaped there', () => {
  const mask = createMask('clé "x"');
  expect(holdsSecret(mask, 'a.json', '{"a":["cl\\u00e9 \\u0022x\\u0022"]}')).toBe(true);
  expect(holdsSecret(mask, 'a.json', '{"clé \\"x\\"":1}')).toBe(true);
  expect(holdsSecret(mask, 'a.md', 'clé "x"')).toBe(true);
  expect(holdsSecret(mask, 'a.json', 'no JSON: clé "x"')).toBe(true);
  expect(holdsSecret(mask, 'a.json', '{"a":"cle"}')).toBe(false);
});
