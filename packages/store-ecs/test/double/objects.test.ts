import { describe, expect, it } from '@jest/globals';
import { type RawAnswer, send } from './send.ts';
import { type Double, doubles } from './start-double.ts';

const start = doubles();
const etagOf = { a: '0cc175b9c0f1b6a831c399e269772661', b: '92eb5ffee6ae2fec3ad71c777531578f' };

describe('double: PUT, GET, HEAD, DELETE', () => {
  it('gives back body, type, metadata and time', async () => {
    const double = await start({ now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 678) });
    const at = Date.UTC(2026, 0, 2, 3, 4, 5);
    const headers = {
      'content-type': 'text/markdown',
      'x-amz-meta-by': 'me',
      'x-amz-server-side-encryption': 'AES256',
    };
    const written = await put(double, 'a', 'a', headers, at);
    expect(written.headers).toMatchObject({ etag: `"${etagOf.a}"`, 'x-amz-server-side-encryption': 'AES256' });
    const expected = {
      etag: `"${etagOf.a}"`,
      'last-modified': 'Fri, 02 Jan 2026 03:04:05 GMT',
      date: 'Fri, 02 Jan 2026 03:04:05 GMT',
      'content-length': '1',
      'content-type': 'text/markdown',
      'x-amz-meta-by': 'me',
      'x-amz-request-id': expect.any(String),
      server: 'ViPR/1.0',
    };
    const read = await send(double, { method: 'GET', url: '/live-mem/a', at });
    expect(read).toMatchObject({ status: 200, body: 'a', headers: expected });
    const head = await send(double, { method: 'HEAD', url: '/live-mem/a', sign: 'V4', at });
    expect(head).toMatchObject({ status: 200, body: '', headers: expected });
  });

  it('holds awkward keys apart, each as it was written', async () => {
    const double = await start();
    const keys = [
      'a b',
      'a+b',
      'a%20b',
      'a%2Fb',
      'a/b',
      'a//b',
      '/a',
      './a',
      '../a',
      'caf\u00e9',
      'cafe\u0301',
      '🧠',
      "'()*!",
      'a?b',
    ];
    for (const key of keys) await put(double, key, key);
    expect([...double.objects.keys()]).toEqual(keys);
    for (const key of keys) expect((await get(double, key)).body).toBe(key);
  });

  it('answers what is not there with 404, and deletes it all the same', async () => {
    const double = await start();
    await put(double, 'a', 'a');
    const remove = { method: 'DELETE', url: '/live-mem/a', headers: { 'if-match': 'stale' } };
    expect((await send(double, remove)).status).toBe(204);
    expect((await send(double, remove)).status).toBe(204);
    expect(await get(double, 'a')).toMatchObject({
      status: 404,
      body: expect.stringContaining('<Code>NoSuchKey</Code>'),
    });
    const head = await send(double, { method: 'HEAD', url: '/live-mem/a', sign: 'V4' });
    expect(head).toMatchObject({ status: 404, body: '' });
  });

  it('says what it does not know rather than ignore it', async () => {
    const double = await start();
    await put(double, 'a', 'a');
    const range = await send(double, { method: 'GET', url: '/live-mem/a', headers: { range: 'bytes=0-0' } });
    expect(range.status).toBe(501);
    expect((await put(double, 'a', 'b', { 'x-amz-server-side-encryption': 'ROT13' })).status).toBe(400);
    expect((await get(double, 'a')).body).toBe('a');
  });

  it('takes a request that waits for the word to go on', async () => {
    const double = await start();
    expect((await put(double, 'a', 'a', { expect: '100-continue' })).status).toBe(200);
  });
});

describe('double: conditional PUT', () => {
  it('creates only what is not there', async () => {
    const double = await start();
    const answers = await Promise.all(
      'abcdefgh'.split('').map((body) => put(double, 'a', body, { 'if-none-match': '*' }).then(({ status }) => status)),
    );
    expect(answers.toSorted((a, b) => a - b)).toEqual([200, ...Array.from({ length: 7 }, () => 412)]);
    expect((await put(double, 'a', 'a', { 'if-none-match': `"${etagOf.a}"` })).status).toBe(501);
  });

  it.each([
    ['ecs', undefined, etagOf.a, `"${etagOf.a}"`],
    ['both', undefined, etagOf.a, `"${etagOf.a}"`],
    ['both', 'quoted', `"${etagOf.a}"`, etagOf.a],
  ] as const)('replaces only what has the ETag: rules %s, written %s', async (rules, ifMatch, right, wrong) => {
    const double = await start({ rules, ...(ifMatch ? { ifMatch } : {}) });
    expect((await put(double, 'a', 'a', { 'if-match': right })).status).toBe(404);
    await put(double, 'a', 'a');
    for (const other of [wrong, etagOf.b])
      expect((await put(double, 'a', 'b', { 'if-match': other })).status).toBe(412);
    expect((await get(double, 'a')).body).toBe('a');
    expect((await put(double, 'a', 'b', { 'if-match': right })).status).toBe(200);
    expect((await put(double, 'a', 'c', { 'if-match': right })).status).toBe(412);
    expect((await get(double, 'a')).body).toBe('b');
  });

  it('wants the ETag quoted under the rules sigv4', async () => {
    const double = await start({ rules: 'sigv4' });
    const request = { method: 'PUT', url: '/live-mem/a', body: 'a', sign: 'V4' } as const;
    await send(double, request);
    expect((await send(double, { ...request, headers: { 'if-match': etagOf.a } })).status).toBe(412);
    expect((await send(double, { ...request, headers: { 'if-match': `"${etagOf.a}"` } })).status).toBe(200);
  });

  it('ignores conditions where it was told to', async () => {
    const double = await start({ ifMatch: 'none', ifNoneMatch: false });
    await put(double, 'a', 'a');
    expect((await put(double, 'a', 'b', { 'if-none-match': '*' })).status).toBe(200);
    expect((await put(double, 'a', 'c', { 'if-match': 'stale' })).status).toBe(200);
    expect((await get(double, 'a')).body).toBe('c');
  });
});

describe('double: COPY', () => {
  it('copies body, type and metadata', async () => {
    const double = await start();
    await put(double, 'from \u00e9+', 'a', { 'content-type': 'text/markdown', 'x-amz-meta-by': 'me' });
    const { status, body } = await copy(double, '/live-mem/from%20%C3%A9%2B', 'b');
    expect([status, body]).toEqual([200, expect.stringContaining(`<ETag>&quot;${etagOf.a}&quot;</ETag>`)]);
    const expected = { 'content-type': 'text/markdown', 'x-amz-meta-by': 'me' };
    expect(await get(double, 'b')).toMatchObject({ body: 'a', headers: expected });
  });

  it.each([
    ['live-mem/missing', 404, 'NoSuchKey'],
    ['other/a', 404, 'NoSuchBucket'],
    ['live-mem/a+b', 400, 'InvalidArgument'],
    ['live-mem/%zz', 400, 'InvalidArgument'],
    ['live-mem', 400, 'InvalidArgument'],
    ['live-mem/b', 400, 'InvalidRequest'],
    ['live-mem/a?versionId=1', 501, 'NotImplemented'],
  ])('refuses to copy %s', async (source, status, code) => {
    const double = await start();
    await put(double, 'b', 'stays');
    const answer = await copy(double, source, 'b');
    expect([answer.status, answer.body]).toEqual([status, expect.stringContaining(`<Code>${code}</Code>`)]);
    expect((await get(double, 'b')).body).toBe('stays');
  });

  it('does not copy where it was told so', async () => {
    const double = await start({ copies: false });
    await put(double, 'a', 'a');
    expect((await copy(double, 'live-mem/a', 'b')).status).toBe(501);
    expect(double.objects.size).toBe(1);
  });
});

function put(
  to: Double,
  key: string,
  body: string,
  headers: Record<string, string> = {},
  at = Date.now(),
): Promise<RawAnswer> {
  return send(to, { method: 'PUT', url: urlOf(key), body, headers, at });
}

function get(to: Double, key: string): Promise<RawAnswer> {
  return send(to, { method: 'GET', url: urlOf(key) });
}

function copy(to: Double, source: string, key: string): Promise<RawAnswer> {
  return send(to, { method: 'PUT', url: urlOf(key), headers: { 'x-amz-copy-source': source } });
}

function urlOf(key: string): string {
  return `/live-mem/${key.split('/').map(encodeURIComponent).join('/')}`;
}
