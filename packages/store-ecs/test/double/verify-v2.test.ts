import { describe, expect, it } from '@jest/globals';
import { publishedSecret, publishedV2 } from '../published-v2.ts';
import { readAuthorizationV2, signatureV2, stringToSignV2 } from './verify-v2.ts';

describe('verifier of signature V2', () => {
  it.each(publishedV2)('signs the published example: $name', ({ head, hostBucket, stringToSign, signature }) => {
    expect(stringToSignV2(head, hostBucket)).toBe(stringToSign);
    expect(signatureV2(publishedSecret, stringToSign)).toBe(signature);
  });

  it('leaves the date empty where x-amz-date is given', () => {
    const headers = { date: ['Thu, 01 Jan 2026 00:00:00 GMT'], 'x-amz-date': ['Thu, 01 Jan 2026 00:00:01 GMT'] };
    const expected = 'GET\n\n\n\nx-amz-date:Thu, 01 Jan 2026 00:00:01 GMT\n/b/k';
    expect(stringToSignV2({ method: 'GET', url: '/b/k', headers })).toBe(expected);
  });

  it('signs sub-resources sorted and decoded, and no other parameter', () => {
    const url = '/b/k?x-id=GetObject&versionId=a%2Fb%20c&uploads=&acl&prefix=p';
    const expected = 'GET\n\n\n\n/b/k?acl&uploads&versionId=a/b c';
    expect(stringToSignV2({ method: 'GET', url, headers: {} })).toBe(expected);
  });

  it('reads an authorization, and no other kind', () => {
    expect(readAuthorizationV2('AWS AKID:c2lnbmF0dXJl')).toEqual({ accessKeyId: 'AKID', signature: 'c2lnbmF0dXJl' });
    expect(readAuthorizationV2('AWS AKID')).toBeUndefined();
    expect(readAuthorizationV2('AWS4-HMAC-SHA256 Credential=AKID')).toBeUndefined();
  });
});
