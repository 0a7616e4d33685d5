import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { canonicalRequest, encoded, readAuthorizationV4, signatureV4, stringToSignV4 } from './verify-v4.ts';

/** Published with the examples. */
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const time = '20130524T000000Z';
const common = {
  host: ['examplebucket.s3.amazonaws.com'],
  'x-amz-date': [time],
  'x-amz-content-sha256': [createHash('sha256').digest('hex')],
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, "Examples". */
const examples = [
  {
    name: 'GET object with a range',
    head: { method: 'GET', url: '/test.txt', headers: { ...common, range: ['bytes=0-9'] } },
    canonicalHash: '7344ae5b7ee6c3e7e6b0fe0640412a37625d1fbfff95c48bbb2dc43964946972',
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
  {
    name: 'PUT object',
    head: {
      method: 'PUT',
      url: '/test$file.text',
      headers: {
        ...common,
        date: ['Fri, 24 May 2013 00:00:00 GMT'],
        'x-amz-storage-class': ['REDUCED_REDUNDANCY'],
        'x-amz-content-sha256': [createHash('sha256').update('Welcome to Amazon S3.').digest('hex')],
      },
    },
    canonicalHash: '9e0e90d9c76de8fa5b200d8c849cd5b8dc7a3be3951ddb7f6a76b4158342019d',
    signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  },
  {
    name: 'GET bucket lifecycle',
    head: { method: 'GET', url: '/?lifecycle', headers: common },
    canonicalHash: '9766c798316ff2757b517bc739a67f6213b4ab36dd5da2f94eaebf79c77395ca',
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  },
  {
    name: 'list of objects',
    head: { method: 'GET', url: '/?prefix=J&max-keys=2', headers: common },
    canonicalHash: 'df57d21db20da04d7fa30298dd4488ba3a2b47ca3a489c74750e0f1e7df1b9b7',
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
];

describe('verifier of signature V4', () => {
  it.each(examples)('signs the published example: $name', ({ head, canonicalHash, signature }) => {
    const canonical = canonicalRequest(head, Object.keys(head.headers).toSorted());
    const stringToSign = stringToSignV4(canonical, time, 'us-east-1');
    const scope = '20130524/us-east-1/s3/aws4_request';
    expect(stringToSign).toBe(`AWS4-HMAC-SHA256\n${time}\n${scope}\n${canonicalHash}`);
    expect(signatureV4(secret, stringToSign)).toBe(signature);
  });

  it('encodes the path once, strictly, and does not normalise it', () => {
    expect(lineOf(1, "/b//./a/../caf%C3%A9%20(it's)%2B+%25")).toBe('/b//./a/../caf%C3%A9%20%28it%27s%29%2B%2B%25');
    expect(lineOf(1, '/b/%7e%2f')).toBe('/b/~%2F');
  });

  it('sorts parameters by name and then by value, and encodes them strictly', () => {
    const url = '/b?a-b=1&a=2&a=%2F&%C3%A9=*&B';
    expect(lineOf(2, url)).toBe('%C3%A9=%2A&B=&a=%2F&a=2&a-b=1');
  });

  it('joins the values of a header, trimmed and with single spaces', () => {
    const headers = { 'x-amz-meta-a': [' one   two ', 'three'], 'x-amz-content-sha256': ['UNSIGNED-PAYLOAD'] };
    const canonical = canonicalRequest({ method: 'GET', url: '/b', headers }, ['x-amz-meta-a']);
    expect(canonical).toBe('GET\n/b\n\nx-amz-meta-a:one two,three\n\nx-amz-meta-a\nUNSIGNED-PAYLOAD');
  });

  it('encodes every byte but the unreserved characters', () => {
    expect(encoded("aZ09-._~ !'()*+/é")).toBe('aZ09-._~%20%21%27%28%29%2A%2B%2F%C3%A9');
  });

  it('reads an authorization, with and without spaces, and no other', () => {
    const [credential, signature] = ['AKID/20130524/fr1/s3/aws4_request', 'a'.repeat(64)];
    const parts = [`Credential=${credential}`, 'SignedHeaders=host;x-amz-date', `Signature=${signature}`];
    const expected = {
      accessKeyId: 'AKID',
      day: '20130524',
      region: 'fr1',
      service: 's3',
      signedHeaders: ['host', 'x-amz-date'],
      signature,
    };
    expect(readAuthorizationV4(`AWS4-HMAC-SHA256 ${parts.join(', ')}`)).toEqual(expected);
    expect(readAuthorizationV4(`AWS4-HMAC-SHA256 ${parts.join(',')}`)).toEqual(expected);
    expect(readAuthorizationV4(`AWS4-HMAC-SHA256 ${parts.slice(1).join(', ')}`)).toBeUndefined();
  });
});

function lineOf(at: number, url: string): string | undefined {
  return canonicalRequest({ method: 'GET', url, headers: {} }, []).split('\n')[at];
}
