import { describe, expect, it } from '@jest/globals';
import { HttpRequest } from '@smithy/core/protocols';
import fc from 'fast-check';
import { createRequestSigner } from '../../src/signing/request-signer.ts';
import type { MessageHead } from '../double/message.ts';
import { readAuthorizationV2, signatureV2, stringToSignV2 } from '../double/verify-v2.ts';
import { canonicalRequest, readAuthorizationV4, signatureV4, stringToSignV4 } from '../double/verify-v4.ts';
import { awkwardKeys } from './awkward-keys.ts';

const accessKeyId = 'AKIAEXAMPLE';
const secretAccessKey = 'a secret/with+signs';
const signingDate = new Date(Date.UTC(2026, 0, 2, 3, 4, 5));

describe('a request', () => {
  it.each(awkwardKeys)('for the key %j passes an independent check, in both modes', async (key) => {
    for (const method of ['PUT', 'GET', 'DELETE', 'HEAD']) {
      for (const signatureMode of ['dual', 'sigv4'] as const) {
        const head = await signed(requestFor(method, key), signatureMode);
        expect(signatureIn(head)).toBe(expectedSignature(head));
      }
    }
  });

  it('for any key passes it, in both modes', async () => {
    const anyKey = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
    const anyMethod = fc.constantFrom('PUT', 'GET', 'DELETE', 'HEAD');
    await fc.assert(
      fc.asyncProperty(anyKey, anyMethod, async (key, method) => {
        for (const signatureMode of ['dual', 'sigv4'] as const) {
          const head = await signed(requestFor(method, key), signatureMode);
          expect(signatureIn(head)).toBe(expectedSignature(head));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('for a listing passes it with any prefix and token', async () => {
    const query = {
      'list-type': '2',
      prefix: "é+ %/'(a)*~",
      'start-after': 'a b',
      'continuation-token': '1/x+y==',
      delimiter: '/',
    };
    const head = await signed(new HttpRequest({ ...target, method: 'GET', path: '/live-mem', query }), 'dual');
    expect(signatureIn(head)).toBe(expectedSignature(head));
  });

  it('is signed anew at every attempt, with the time of that attempt and nothing left of the one before', async () => {
    const signer = createRequestSigner({ signatureMode: 'dual', region: 'fr1', accessKeyId, secretAccessKey });
    const first = await signer.sign(requestFor('PUT', 'a.md'), { signingDate });
    const later = new Date(signingDate.getTime() + 60_000);
    const second = await signer.sign(first, { signingDate: later });
    const fresh = await signer.sign(requestFor('PUT', 'a.md'), { signingDate: later });
    expect(second.headers).toEqual(fresh.headers);
    expect(second.headers['date']).toBe(later.toUTCString());
    expect(second.headers).not.toHaveProperty('x-amz-date');
  });

  it('is left as it was: what is signed is a copy', async () => {
    const request = requestFor('PUT', 'a.md');
    const before = JSON.stringify(request);
    await signed(request, 'dual');
    expect(JSON.stringify(request)).toBe(before);
  });

  it('carries the session token, and signs it', async () => {
    for (const method of ['PUT', 'HEAD']) {
      const head = await signed(requestFor(method, 'a.md'), 'dual', 'the token');
      expect(head.headers['x-amz-security-token']).toEqual(['the token']);
      expect(signatureIn(head)).toBe(expectedSignature(head));
      const other = { ...head, headers: { ...head.headers, 'x-amz-security-token': ['another'] } };
      expect(signatureIn(head)).not.toBe(expectedSignature(other));
    }
  });

  it('leaves headers unsigned in V4 that a proxy may change', async () => {
    const head = await signed(requestFor('PUT', 'a.md', { connection: 'keep-alive', 'user-agent': 'x' }), 'sigv4');
    expect(readAuthorizationV4(head.headers['authorization']?.[0] ?? '')?.signedHeaders).toEqual([
      'content-md5',
      'content-type',
      'host',
      'x-amz-content-sha256',
      'x-amz-date',
      'x-amz-user-agent',
    ]);
  });
});

const target = { protocol: 'http:', hostname: '127.0.0.1', port: 9000, headers: { host: '127.0.0.1:9000' } } as const;

/** As the SDK makes it: the path encoded. */
function requestFor(method: string, key: string, more: Readonly<Record<string, string>> = {}): HttpRequest {
  const body = method === 'PUT' ? { 'content-md5': 'XUFAKrxLKna5cZ2REBfFkg==', 'content-type': 'text/markdown' } : {};
  const headers = { ...target.headers, 'x-amz-user-agent': 'aws-sdk-js/3', ...body, ...more };
  const path = `/live-mem/${key.split('/').map(encodedStrictly).join('/')}`;
  return new HttpRequest({ ...target, method, path, query: { 'x-id': 'PutObject' }, headers });
}

function encodedStrictly(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

async function signed(
  request: HttpRequest,
  signatureMode: 'dual' | 'sigv4',
  sessionToken?: string,
): Promise<MessageHead> {
  const signer = createRequestSigner({ signatureMode, region: 'fr1', accessKeyId, secretAccessKey, sessionToken });
  const { method, path, query = {}, headers } = await signer.sign(request, { signingDate });
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodedStrictly(name)}=${encodedStrictly(String(value))}`,
  );
  return {
    method,
    url: `${path}?${pairs.join('&')}`,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
  };
}

function signatureIn({ headers }: MessageHead): string | undefined {
  const authorization = headers['authorization']?.[0] ?? '';
  return (readAuthorizationV2(authorization) ?? readAuthorizationV4(authorization))?.signature;
}

function expectedSignature(head: MessageHead): string {
  const v4 = readAuthorizationV4(head.headers['authorization']?.[0] ?? '');
  if (v4 === undefined) return signatureV2(secretAccessKey, stringToSignV2(head));
  const canonical = canonicalRequest(head, v4.signedHeaders);
  return signatureV4(secretAccessKey, stringToSignV4(canonical, head.headers['x-amz-date']?.[0] ?? '', v4.region));
}
