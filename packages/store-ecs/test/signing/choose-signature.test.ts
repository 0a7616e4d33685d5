import { describe, expect, it } from '@jest/globals';
import { chooseSignature } from '../../src/signing/choose-signature.ts';

describe('the signature of a request', () => {
  it.each([
    ['PUT', '/live-mem/a.md', 'V2'],
    ['GET', '/live-mem/a/b.md', 'V2'],
    ['DELETE', '/live-mem/a.md', 'V2'],
    ['GET', '/live-mem//', 'V2'],
    ['HEAD', '/live-mem', 'V4'],
    ['HEAD', '/live-mem/a.md', 'V4'],
    ['GET', '/live-mem', 'V4'],
    ['GET', '/live-mem/', 'V4'],
  ])('on Dell ECS, of %s %s, is %s', (method, path, expected) => {
    expect(chooseSignature('dual', { method, path })).toBe(expected);
    expect(chooseSignature('sigv4', { method, path })).toBe('V4');
  });
});
