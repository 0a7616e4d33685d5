import { describe, expect, it } from '@jest/globals';
import { createBoundedCache } from '../src/bounded-cache.ts';

describe('a bounded cache', () => {
  it('forgets what was used longest ago once it is full', () => {
    const cache = createBoundedCache<string, string>(6, (text) => text.length);
    for (const text of ['aa', 'bb', 'cc']) cache.set(text, text);
    cache.get('aa');
    cache.set('dd', 'dd');
    expect(['aa', 'bb', 'cc', 'dd'].map((key) => cache.get(key))).toEqual(['aa', undefined, 'cc', 'dd']);
  });

  it('counts a value that is set again once, and keeps none that is larger than all', () => {
    const cache = createBoundedCache<string, string>(4, (text) => text.length);
    for (let n = 0; n < 5; n++) cache.set('a', 'xx');
    cache.set('b', 'yy');
    cache.set('c', 'too long');
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual(['xx', 'yy', undefined]);
  });
});
