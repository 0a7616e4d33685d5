import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { expectCode } from './expect-code.ts';
import { type RawRequest, send } from './send.ts';
import { doubles } from './start-double.ts';

const start = doubles();
const MINUTE = 60_000;
const noon = Date.UTC(2026, 0, 2, 12);

describe('double: who sends a request', () => {
  for (const sign of ['V2', 'V4'] as const) {
    const request: RawRequest = { method: 'GET', url: '/live-mem/a?x-id=GetObject', sign };

    it(`takes a right ${sign} request`, async () => {
      await expectCode(await start({ rules: 'both' }), request, 404, 'NoSuchKey');
    });

    it(`refuses a ${sign} request with another secret, key or line`, async () => {
      const double = await start({ rules: 'both' });
      await expectCode(double, { ...request, secretAccessKey: 'other' }, 403, 'SignatureDoesNotMatch');
      await expectCode(double, { ...request, accessKeyId: 'OTHER' }, 403, 'InvalidAccessKeyId');
      const { body } = await send(double, { ...request, secretAccessKey: 'other' });
      expect(body).toContain(sign === 'V2' ? '<StringToSign>GET\n\n\n' : '<StringToSign>AWS4-HMAC-SHA256\n');
    });

    it(`refuses a ${sign} request more than 15 minutes off its clock`, async () => {
      const double = await start({ rules: 'both', now: () => noon });
      for (const at of [noon - 15 * MINUTE, noon + 15 * MINUTE]) {
        await expectCode(double, { ...request, at }, 404, 'NoSuchKey');
      }
      for (const at of [noon - 15 * MINUTE - 1000, noon + 15 * MINUTE + 1000]) {
        await expectCode(double, { ...request, at }, 403, 'RequestTimeTooSkewed');
      }
    });

    it(`refuses a ${sign} request without time`, async () => {
      const header = sign === 'V2' ? 'date' : 'x-amz-date';
      const double = await start({ rules: 'both' });
      await expectCode(double, { ...request, headers: { [header]: undefined } }, 403, 'AccessDenied');
    });

    it(`wants the session token in a ${sign} request, and no other`, async () => {
      const double = await start({ rules: 'both', sessionToken: 'token' });
      const withToken = (token: string) => ({ ...request, headers: { 'x-amz-security-token': token } });
      await expectCode(double, withToken('token'), 404, 'NoSuchKey');
      await expectCode(double, withToken('other'), 403, 'InvalidToken');
      await expectCode(double, request, 403, 'InvalidToken');
      await expectCode(await start({ rules: 'both' }), withToken('token'), 403, 'InvalidToken');
    });
  }

  it('refuses a request without signature', async () => {
    await expectCode(await start(), { method: 'GET', url: '/live-mem/a', sign: 'none' }, 403, 'AccessDenied');
    const headers = { authorization: 'Basic YTpi' };
    await expectCode(await start(), { method: 'GET', url: '/live-mem/a', sign: 'none', headers }, 403, 'AccessDenied');
  });

  it('refuses authorizations that are not well formed', async () => {
    const double = await start();
    const request = { method: 'GET', url: '/live-mem/a', sign: 'none' } as const;
    await expectCode(double, { ...request, headers: { authorization: 'AWS key' } }, 400, 'InvalidArgument');
    const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=key' };
    await expectCode(double, { ...request, headers }, 400, 'AuthorizationHeaderMalformed');
  });
});

describe('double: signature V2', () => {
  const request: RawRequest = { method: 'GET', url: '/live-mem/a' };

  it('takes a Date or an x-amz-date; both only where the rules are not those of ECS', async () => {
    const now = new Date().toUTCString();
    const [ecs, ceph] = [await start(), await start({ rules: 'both' })];
    await expectCode(ecs, { ...request, headers: { date: undefined, 'x-amz-date': now } }, 404, 'NoSuchKey');
    await expectCode(ecs, { ...request, headers: { 'x-amz-date': now } }, 403, 'AccessDenied');
    await expectCode(ceph, { ...request, headers: { 'x-amz-date': now } }, 404, 'NoSuchKey');
  });

  it.each(['content-md5', 'content-type', 'x-amz-meta-a'])('covers %s', async (name) => {
    const [double, put] = [await start(), { method: 'PUT', url: '/live-mem/a', body: 'a' }];
    await expectCode(double, put, 200);
    const { date, authorization } = double.seen.at(-1)?.headers ?? {};
    const again = { ...put, sign: 'none' as const, headers: { date, authorization } };
    await expectCode(double, again, 200);
    const changed = { ...again.headers, [name]: createHash('md5').update('b').digest('base64') };
    await expectCode(double, { ...again, headers: changed }, 403, 'SignatureDoesNotMatch');
  });

  it('is not taken under the rules sigv4', async () => {
    const { status, body } = await send(await start({ rules: 'sigv4' }), request);
    expect([status, body]).toEqual([400, expect.stringContaining('Please use AWS4-HMAC-SHA256.')]);
  });
});

describe('double: signature V4', () => {
  const request: RawRequest = { method: 'GET', url: '/live-mem?list-type=2&prefix=J', sign: 'V4' };

  it('tells the region that it wants', async () => {
    const { status, body } = await send(await start({ region: 'fr1' }), { ...request, region: 'us-east-1' });
    expect([status, body]).toEqual([400, expect.stringContaining('<Region>fr1</Region>')]);
    expect(body).toContain('<Code>AuthorizationHeaderMalformed</Code>');
  });

  it('wants the day of the request and the service s3 in the scope', async () => {
    const double = await start();
    const today = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    for (const scope of [`20200101/${double.region}/s3`, `${today}/${double.region}/sqs`]) {
      const credential = `${double.accessKeyId}/${scope}/aws4_request`;
      const parts = [`Credential=${credential}`, 'SignedHeaders=host', `Signature=${'0'.repeat(64)}`];
      const headers = { authorization: `AWS4-HMAC-SHA256 ${parts.join(', ')}` };
      await expectCode(double, { ...request, headers }, 400, 'AuthorizationHeaderMalformed');
    }
  });

  it('wants host, content-type and every x-amz header signed', async () => {
    const double = await start();
    const headers = { 'content-type': 'text/plain', 'x-amz-meta-a': 'b', 'user-agent': 'not signed' };
    const all = ['content-type', 'host', 'x-amz-content-sha256', 'x-amz-date', 'x-amz-meta-a'];
    await expectCode(double, { ...request, headers, signedHeaders: all }, 200);
    for (const name of all) {
      const others = all.filter((other) => other !== name);
      await expectCode(double, { ...request, headers, signedHeaders: others }, 403, 'AccessDenied');
    }
  });

  it('wants signed headers sorted, and there', async () => {
    const double = await start();
    const all = ['host', 'x-amz-content-sha256', 'x-amz-date'];
    await expectCode(double, { ...request, signedHeaders: all.toReversed() }, 400, 'AuthorizationHeaderMalformed');
    await expectCode(double, { ...request, signedHeaders: ['absent', ...all] }, 403, 'SignatureDoesNotMatch');
  });

  it('wants the hash of the body, or the word that it is not signed', async () => {
    const double = await start({ rules: 'sigv4' });
    await expectCode(double, withHash('UNSIGNED-PAYLOAD'), 200);
    await expectCode(double, withHash(createHash('sha256').update('a').digest('hex')), 200);
    const other = createHash('sha256').update('b').digest('hex');
    await expectCode(double, withHash(other), 400, 'XAmzContentSHA256Mismatch');
    await expectCode(double, withHash(undefined), 400, 'InvalidRequest');
    const streaming = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
    await expectCode(double, withHash(streaming), 501, 'NotImplemented');
    await expectCode(await start(), withHash(streaming), 400, 'XAmzContentSHA256Mismatch');
  });
});

function withHash(hash: string | undefined): RawRequest {
  const headers = { 'x-amz-content-sha256': hash };
  return { method: 'PUT', url: '/live-mem/a', body: 'a', sign: 'V4', headers };
}
