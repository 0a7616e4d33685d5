import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createMask } from '../../src/redaction/mask.ts';

describe('a mask', () => {
  const cases: [string, string, string, string][] = [
    ['every place', 'hunter2', 'a hunter2, hunter2', 'a *******, *******'],
    ['as many stars as bytes', 'pässwörd€', 'x pässwörd€ y', `x ${'*'.repeat(13)} y`],
    ['no line ends', 'one\r\ntwo', 'x one\r\ntwo y', 'x ***\r\n*** y'],
    ['what overlaps, whole', 'abab', 'xababab abab', 'x****** ****'],
    ['what its own stars complete', '**ab', '***abab', '*******'],
    ['what is written as in JSON', 'say "hi"\n', '{"x":"say \\"hi\\"\\n"}', `{"x":"${'*'.repeat(12)}"}`],
    ['what is written as in JSON that keeps to ASCII', 'clé=é', 'cl\\u00e9=\\u00e9', '*'.repeat(15)],
    ['signs that mean something elsewhere', '$&.*(a', 'x$&.*(a', 'x******'],
  ];
  it.each(cases)('takes out %s', (_, secret, text, cleaned) => {
    expect(createMask(secret).clean(text)).toBe(cleaned);
  });

  it('leaves other letter case and other Unicode forms: the secret is taken literally', () => {
    const text = 'Hunter2 cafe\u0301';
    expect(createMask('hunter2').clean(text)).toBe(text);
    expect(createMask('caf\u00E9').clean(text)).toBe(text);
  });

  it('finds a secret with the escapes of Markdown, all or some of them', () => {
    const { clean } = createMask('p"a\\s‹é>[x]');
    for (const escaped of ['p"a\\\\s‹é\\>[x]', 'p\\"a\\\\s‹é>\\[x\\]'])
      expect(clean(`tag: ${escaped}.`)).toBe(`tag: ${'*'.repeat(Buffer.byteLength(escaped))}.`);
  });

  it('finds a beginning of it before dots, where a summary cut it short', () => {
    const { clean, finds } = createMask('sk_live_0123456789abcdef');
    expect(clean('key sk_live_012345…')).toBe(`key ${'*'.repeat(14)}…`);
    expect(clean('key sk_live_0123, ...')).toBe(`key ${'*'.repeat(12)}, ...`);
    expect(finds('sk_live_ is how such keys begin')).toBe(false);
    expect(finds('sk_live…')).toBe(false);
    expect(createMask('******** secret').clean('********…')).toBe('********…');
    expect(createMask('1234567😀9').clean('1234567😀…')).toBe('*******😀…'.replace('😀', '****'));
    expect(createMask('1234567😀9').clean('1234567😁…')).toBe('1234567😁…');
  });

  it('leaves nothing of the secret, keeps the size and all line ends, and cleans once and for all', () => {
    const piece = fc.constantFrom('a', 'b', '*', 'é', '😀', '"', '\\', '\n', '\r\n', '\\u00e9');
    const string = (minLength: number, maxLength: number) =>
      fc.array(piece, { minLength, maxLength }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(
        string(2, 5),
        fc.array(fc.oneof(string(0, 6), fc.constant(undefined)), { maxLength: 8 }),
        (s, parts) => {
          fc.pre(!/^[*\s]*$/.test(s));
          const { clean, finds } = createMask(s);
          const text = parts.map((part) => part ?? s).join('');
          const cleaned = clean(text);
          expect(finds(cleaned)).toBe(false);
          expect(clean(cleaned)).toBe(cleaned);
          expect(Buffer.byteLength(cleaned)).toBe(Buffer.byteLength(text));
          expect(cleaned.split('\n').map((line) => Buffer.byteLength(line))).toEqual(
            text.split('\n').map((line) => Buffer.byteLength(line)),
          );
          expect(finds(text)).toBe(cleaned !== text);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
