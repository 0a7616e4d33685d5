import { describe, expect, it } from '@jest/globals';
import { authorizeV2, stringToSignV2 } from '../../src/signing/sign-v2.ts';
import { publishedSecret, publishedV2 } from '../published-v2.ts';

describe('signature version 2', () => {
  it.each(publishedV2)('is the published one: $name', ({ head, hostBucket, stringToSign, signature }) => {
    const request = requestOf(head, hostBucket);
    expect(stringToSignV2(request)).toBe(stringToSign);
    expect(authorizeV2(request, 'AKIAIOSFODNN7EXAMPLE', publishedSecret)).toBe(`AWS AKIAIOSFODNN7EXAMPLE:${signature}`);
  });

  it('covers what asks for another resource, sorted and decoded, and no other parameter', () => {
    const query = { 'x-id': 'GetObject', versionId: 'a/b c', uploads: '', acl: null, prefix: 'p' };
    const request = { method: 'GET', path: '/b/k', query, headers: { date: 'now' } };
    expect(stringToSignV2(request)).toBe('GET\n\n\nnow\n/b/k?acl&uploads&versionId=a/b c');
  });

  it('signs a header over several lines as one, and no header but those of Amazon', () => {
    const headers = { date: 'now', 'x-amz-meta-b': ' one\r\n  two ', 'x-amz-acl': 'private', 'user-agent': 'x' };
    const request = { method: 'PUT', path: '/b/k', query: {}, headers };
    expect(stringToSignV2(request)).toBe('PUT\n\n\nnow\nx-amz-acl:private\nx-amz-meta-b:one two\n/b/k');
  });
});

/** As this client would send it: path-style, the bucket in front. */
function requestOf(
  { method, url, headers }: (typeof publishedV2)[number]['head'],
  bucket: string | undefined,
): Parameters<typeof stringToSignV2>[0] {
  const { pathname, searchParams } = {
    pathname: url.split('?')[0] ?? '',
    searchParams: new URLSearchParams(url.split('?')[1]),
  };
  return {
    method,
    path: bucket === undefined ? pathname : `/${bucket}${pathname}`,
    query: Object.fromEntries(searchParams),
    headers: Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values.join(',')])),
  };
}
