import { describe, expect, it } from '@jest/globals';
import { maskedMeta } from '../../src/spaces/masked-meta.ts';

function masked(meta: unknown): unknown {
  return JSON.parse(maskedMeta(JSON.stringify(meta)));
}

describe('_meta.json as it leaves the memory', () => {
  it('does not tell who created the space', () => {
    expect(masked({ space_id: 'a', creator_token_hash: 'sha256:0' })).toEqual({ space_id: 'a' });
    expect(masked({ more: [{ creator_token_hash: 'x', a: 1 }] })).toEqual({ more: [{ a: 1 }] });
  });

  it.each(['token', 'API_KEY', 'apiKey', 'dbPassword', 'client_secret', 'credentials'])(
    'hides %s at any depth',
    (name) => {
      expect(masked({ graph_memory: { url: 'u', [name]: 'hidden' } })).toEqual({
        graph_memory: { url: 'u', [name]: '***' },
      });
      expect(maskedMeta(JSON.stringify([{ [name]: { deep: ['hidden'] } }]))).not.toContain('hidden');
      expect(maskedMeta(JSON.stringify({ list: [{ [name]: { deep: ['hidden'] } }] }))).not.toContain('hidden');
    },
  );

  it('keeps what says nothing, and all else', () => {
    const meta = { token: '', secret: null, description: 'about', total: 3, list: [1, 'a', null] };
    expect(masked(meta)).toEqual(meta);
  });

  it.each(['no JSON: token=hidden', '"hidden"', '[1]', ''])('is empty where it is no object: %j', (text) => {
    expect(maskedMeta(text)).toBe('{}\n');
  });
});
