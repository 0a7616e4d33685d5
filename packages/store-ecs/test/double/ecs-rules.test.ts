import { describe, expect, it } from '@jest/globals';
import { expectCode } from './expect-code.ts';
import { type RawRequest, send } from './send.ts';
import { type Double, doubles } from './start-double.ts';

const start = doubles();

const requests = {
  put: { method: 'PUT', url: '/live-mem/a', body: 'a' },
  get: { method: 'GET', url: '/live-mem/a' },
  delete: { method: 'DELETE', url: '/live-mem/a' },
  copy: { method: 'PUT', url: '/live-mem/b', headers: { 'x-amz-copy-source': 'live-mem/a' } },
  headObject: { method: 'HEAD', url: '/live-mem/a' },
  headBucket: { method: 'HEAD', url: '/live-mem' },
  list: { method: 'GET', url: '/live-mem?list-type=2' },
} as const;

describe('double: which signature ECS takes', () => {
  it.each([
    [requests.put, 'V2', 200],
    [requests.get, 'V2', 200],
    [requests.copy, 'V2', 200],
    [requests.delete, 'V2', 204],
    [requests.headObject, 'V4', 200],
    [requests.headBucket, 'V4', 200],
    [requests.list, 'V4', 200],
  ] as const)('takes %j with %s', async (request, sign, status) => {
    await expectCode(await withObject(), { ...request, sign }, status);
  });

  it.each([
    [requests.put, 'V4', 400, 'XAmzContentSHA256Mismatch'],
    [requests.copy, 'V4', 400, 'XAmzContentSHA256Mismatch'],
    [requests.get, 'V4', 403, 'SignatureDoesNotMatch'],
    [requests.delete, 'V4', 403, 'SignatureDoesNotMatch'],
    [requests.headObject, 'V2', 403, undefined],
    [requests.headBucket, 'V2', 403, undefined],
    [requests.list, 'V2', 403, 'SignatureDoesNotMatch'],
  ] as const)('refuses %j with %s', async (request, sign, status, code) => {
    const double = await withObject();
    const before = new Map(double.objects);
    await expectCode(double, { ...request, sign }, status, code);
    expect(double.objects).toEqual(before);
  });

  it.each(['V2', 'V4'] as const)('takes everything with %s under the rules both', async (sign) => {
    const double = await withObject('both');
    for (const request of Object.values(requests)) {
      const { status } = await send(double, { ...request, sign });
      expect([request, [200, 204].includes(status) || status]).toEqual([request, true]);
      await send(double, requests.put);
    }
  });
});

describe('double: what else ECS refuses', () => {
  it('refuses bodies in chunks', async () => {
    const double = await start();
    const headers = { 'transfer-encoding': 'chunked', 'content-length': undefined };
    await expectCode(double, { ...requests.put, headers }, 400, 'XAmzContentSHA256Mismatch');
    const encoding = { 'content-encoding': 'aws-chunked' };
    await expectCode(double, { ...requests.put, headers: encoding }, 400, 'XAmzContentSHA256Mismatch');
    await expectCode(await start({ rules: 'both' }), { ...requests.put, headers }, 411, 'MissingContentLength');
    expect(double.objects.size).toBe(0);
  });

  it('wants a Content-MD5 with every PUT, and every one right', async () => {
    const [double, ceph] = [await start(), await start({ rules: 'both' })];
    await expectCode(double, withDigest(undefined), 400, 'InvalidRequest');
    await expectCode(ceph, withDigest(undefined), 200);
    for (const to of [double, ceph]) {
      await expectCode(to, withDigest('kutemivAuHlw4FmRSoVJ7A=='), 400, 'BadDigest');
      await expectCode(to, withDigest('no digest'), 400, 'InvalidDigest');
    }
  });

  it('refuses virtual-host addressing, other buckets and lines that are none', async () => {
    const double = await start();
    const host = { host: 'live-mem.s3.example.org' };
    const virtual = await send(double, { method: 'GET', url: '/a', headers: host });
    expect(virtual).toMatchObject({ status: 400, body: expect.stringContaining('Virtual-host addressing') });
    await expectCode(double, { method: 'GET', url: '/other/a' }, 404, 'NoSuchBucket');
    await expectCode(double, { method: 'GET', url: '/other?list-type=2', sign: 'V4' }, 404, 'NoSuchBucket');
    await expectCode(double, { method: 'HEAD', url: '/other', sign: 'V4' }, 404);
    for (const url of ['/live-mem/%zz', '/live-mem/%ff', '/live-mem/a?x-id=a+b']) {
      await expectCode(double, { method: 'GET', url, sign: 'none' }, 400, 'InvalidURI');
    }
    await expectCode(double, { method: 'GET', url: `/live-mem/${'a'.repeat(1025)}` }, 400, 'KeyTooLongError');
  });

  it('refuses a body of more than 64 MiB', async () => {
    const body = 'a'.repeat(64 * 1024 * 1024 + 1);
    await expectCode(await start(), { ...requests.put, body }, 400, 'EntityTooLarge');
  });

  it('refuses headers beyond ASCII', async () => {
    const headers = { 'x-amz-meta-a': 'caf\u00e9' };
    await expectCode(await start(), { ...requests.put, headers }, 400, 'InvalidArgument');
  });

  it('does not do anything else', async () => {
    const double = await withObject();
    const others = [
      { method: 'POST', url: '/live-mem?delete' },
      { method: 'POST', url: '/live-mem/a?uploads' },
      { method: 'PUT', url: '/live-mem/a?partNumber=1&uploadId=u' },
      { method: 'GET', url: '/live-mem/a?acl' },
      { method: 'GET', url: '/live-mem?location', sign: 'V4' },
      { method: 'PUT', url: '/live-mem' },
      { method: 'GET', url: '/' },
    ] as const;
    for (const other of others) await expectCode(double, other, 501, 'NotImplemented');
    expect(double.seen.map(({ operation }) => operation)).toEqual(['PUT object', ...others.map(() => 'other')]);
    await expectCode(double, { method: 'GET', url: '/live-mem', sign: 'V4' }, 501, 'NotImplemented');
  });
});

function withDigest(digest: string | undefined): RawRequest {
  return { ...requests.put, headers: { 'content-md5': digest } };
}

async function withObject(rules: 'ecs' | 'both' = 'ecs'): Promise<Double> {
  const double = await start({ rules });
  await expectCode(double, requests.put, 200);
  return double;
}
