import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from '@jest/globals';
import { type LiveMemoryError, StoreRefusedError, StoreUnavailableError } from '@live-mem/core';
import { createStoreWith } from '../src/ecs-object-store.ts';
import { storeError } from '../src/failures.ts';
import type { EcsObjectStoreSettings } from '../src/index.ts';
import { allOf } from './all-of.ts';
import { selfSignedCertificate } from './double/certificate.ts';
import type { Double, DoubleOptions } from './double/double.ts';
import { doubles, type Fault } from './double/start-double.ts';
import { noWait } from './no-wait.ts';
import { settingsFor } from './settings-for.ts';

const startDouble = doubles();
const certificate = selfSignedCertificate();

type Case = readonly [
  what: string,
  kind: typeof StoreRefusedError | typeof StoreUnavailableError,
  remedy: RegExp,
  options: DoubleOptions,
  settings: (double: Double) => Partial<EcsObjectStoreSettings>,
  fault?: Fault,
];

const none = (): Partial<EcsObjectStoreSettings> => ({});
const answer = (status: number, code: string): Fault & { readonly do: 'answer' } => ({ do: 'answer', status, code });

const cases: readonly Case[] = [
  ['a wrong secret', StoreRefusedError, /S3_SECRET_ACCESS_KEY/, {}, () => ({ secretAccessKey: 'wrong' })],
  ['an unknown key', StoreRefusedError, /check S3_ACCESS_KEY_ID/, {}, () => ({ accessKeyId: 'NOBODY' })],
  ['a bucket that is not there', StoreRefusedError, /S3_BUCKET_NAME/, {}, () => ({ bucket: 'elsewhere' })],
  [
    'another region',
    StoreRefusedError,
    /S3_REGION_NAME/,
    { rules: 'sigv4' },
    () => ({ region: 'nowhere-1', signatureMode: 'sigv4' }),
  ],
  ['no rights', StoreRefusedError, /rights on the bucket/, {}, none, answer(403, 'AccessDenied')],
  [
    'a session token that is refused',
    StoreRefusedError,
    /S3_SESSION_TOKEN/,
    { sessionToken: 'a' },
    () => ({ sessionToken: 'b' }),
  ],
  ['a store that wants version 4', StoreRefusedError, /S3_SIGNATURE_MODE=sigv4/, { rules: 'sigv4' }, none],
  ['a quota', StoreRefusedError, /quota/, {}, none, answer(403, 'QuotaExceeded')],
  ['a store that cannot do it', StoreRefusedError, /another store/, {}, none, answer(501, 'NotImplemented')],
  ['a clock that cannot be put right', StoreRefusedError, /NTP/, {}, none, answer(403, 'RequestTimeTooSkewed')],
  ['a store that is busy', StoreUnavailableError, /busy: try again/, {}, none, answer(503, 'SlowDown')],
  ['a store that fails', StoreUnavailableError, /failed: try again/, {}, none, answer(500, 'InternalError')],
  ['a refusal without a reason', StoreRefusedError, /does not say why/, {}, none, { ...answer(403, ''), bare: true }],
  ['a text damaged on the way', StoreUnavailableError, /damaged on the way/, {}, none, answer(400, 'BadDigest')],
  ['a connection that breaks off', StoreUnavailableError, /broke off/, {}, none, { do: 'reset', when: 'before' }],
  ['no answer', StoreUnavailableError, /S3_REQUEST_TIMEOUT/, {}, () => ({ requestTimeout: 100 }), { do: 'hang' }],
  ['nobody there', StoreUnavailableError, /their ports/, {}, () => ({ endpoint: 'http://127.0.0.1:1' })],
  ['an authority that is not trusted', StoreRefusedError, /S3_CA_FILE/, { tls: certificate }, none],
  [
    'https where there is http',
    StoreRefusedError,
    /http or https/,
    {},
    ({ endpoint }) => ({ endpoint: endpoint.replace('http', 'https') }),
  ],
  [
    'http where there is https',
    StoreUnavailableError,
    /http or https/,
    { tls: certificate },
    ({ endpoint }) => ({ endpoint: endpoint.replace('https', 'http') }),
  ],
];

describe('what goes wrong', () => {
  it.each(cases)('is told as such: %s', async (...one) => {
    const [, kind, remedy] = one;
    const { error, secrets } = await failureOf(one);
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(remedy);
    expect(error.cause).toBeDefined();
    expect(secrets.filter((secret) => error.message.includes(secret))).toEqual([]);
  });

  it('is told in words of its own each time', async () => {
    const told = await Promise.all(cases.map(async (one) => (await failureOf(one)).error.message));
    // But for http to a port of https, which is a connection that breaks off, and may be told as one.
    expect(new Set(told).size).toBe(cases.length - 1);
  });

  it.each<[string, readonly Fault[]]>([
    ['a store that is busy', [answer(503, 'SlowDown'), answer(503, 'ServiceUnavailable'), answer(429, 'Whatever')]],
    ['a session token', [answer(400, 'ExpiredToken'), answer(403, 'InvalidToken')]],
    ['a region', [answer(400, 'AuthorizationHeaderMalformed'), answer(301, 'PermanentRedirect')]],
    ['a quota', [answer(403, 'QuotaExceeded'), { ...answer(507, ''), bare: true }]],
  ])('is told in the same words where stores have several for it: %s', async (_, faults) => {
    const told = await Promise.all(faults.map((fault) => failureOf(['', StoreRefusedError, /./, {}, none, fault])));
    expect(new Set(told.map(({ error }) => `${error.code} ${error.message}`)).size).toBe(1);
  });

  it('stays unexplained where HEAD alone is refused, which has no words', async () => {
    const double = await startDouble();
    double.inject(({ method }) => (method === 'HEAD' ? answer(403, 'AccessDenied') : undefined));
    const error = await caught(createStoreWith(settingsFor(double), noWait()).probe());
    expect(error).toBeInstanceOf(StoreRefusedError);
    expect(error.message).toMatch(/does not say why: check S3_ACCESS_KEY_ID/);
  });

  it('is explained where an answer to HEAD alone could not: of what is wrong LIST tells', async () => {
    const double = await startDouble();
    const store = createStoreWith(settingsFor(double, { accessKeyId: 'NOBODY' }), noWait());
    await expect(store.probe()).rejects.toThrow(/does not know the access key/);
  });

  it('is told by the store of a wrong mode: version 4 where Dell ECS wants version 2', async () => {
    const double = await startDouble();
    const store = createStoreWith(settingsFor(double, { signatureMode: 'sigv4' }), noWait());
    await expect(store.put('a.md', 'x')).rejects.toThrow(/S3_SIGNATURE_MODE=dual/);
    // Of a GET it says nothing but that the signature is wrong.
    await expect(store.get('a.md')).rejects.toThrow(/S3_SECRET_ACCESS_KEY and S3_SIGNATURE_MODE/);
  });
});

describe('what is no S3', () => {
  it.each<[string, RequestListener]>([
    ['a page', (_, response) => response.setHeader('content-type', 'text/html').end('<html><body>Welcome')],
    ['a page that is missing', (_, response) => response.writeHead(404).end('<html>not found</html>')],
    ['something in JSON', (_, response) => response.end('{"ok":true}')],
    [
      'XML that is no listing',
      (_, response) => response.setHeader('content-type', 'application/xml').end('<status>ok</status>'),
    ],
  ])('is not believed: %s', async (_, listener) => {
    const store = createStoreWith(await serverOf(listener), noWait());
    await expect(store.get('a.md')).rejects.toThrow(/no S3/);
    await expect(store.put('a.md', 'x')).rejects.toThrow(/no S3/);
    await expect(store.probe()).rejects.toThrow(/no S3/);
    await expect(allOf(store.list(''))).rejects.toThrow(/no S3/);
  });

  it.each([
    [403, /does not allow it, and does not say why/],
    [404, /no S3/],
    [418, /refused it \(HTTP 418\)/],
  ])('is told without any word of its own: %i', async (status, words) => {
    const settings = await serverOf((_, response) => response.writeHead(status).end('<html>secret words</html>'));
    const error = await caught(createStoreWith(settings, noWait()).get('a.md'));
    expect(error).toBeInstanceOf(StoreRefusedError);
    expect(error.message).toMatch(words);
    expect(error.message).not.toMatch(/secret words|127\.0\.0\.1/);
  });
});

describe('what no server on this machine can show', () => {
  it.each([
    ['ENOTFOUND', StoreRefusedError, /no machine has the name/],
    ['EAI_AGAIN', StoreUnavailableError, /name server/],
    ['ENETUNREACH', StoreUnavailableError, /no way leads/],
    ['CERT_HAS_EXPIRED', StoreRefusedError, /has expired/],
    ['CERT_NOT_YET_VALID', StoreRefusedError, /not yet valid/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', StoreRefusedError, /another name/],
  ] as const)('is told as such: %s', (code, kind, words) => {
    const error = Object.assign(new Error(`it went wrong with bucket.example: ${code}`), { code });
    const told = storeError(error, 'reach');
    expect(told).toBeInstanceOf(kind);
    expect(told.message).toMatch(words);
    expect(told.message).not.toContain('bucket.example');
  });
});

describe('settings that cannot work', () => {
  it.each<[string, Partial<EcsObjectStoreSettings>]>([
    ['an endpoint that is no address', { endpoint: 'live-mem.example' }],
    ['an endpoint with a path', { endpoint: 'https://live-mem.example/s3' }],
    ['an endpoint with a password', { endpoint: 'https://user:password@live-mem.example' }],
    ['a bucket of directories, whose keys S3 has rules of its own for', { bucket: 'memory--x-s3' }],
    ['another protocol', { endpoint: 'ftp://live-mem.example' }],
    ['a bucket of two steps', { bucket: 'a/b' }],
    ['no region', { region: '' }],
    ['no secret', { secretAccessKey: '' }],
    ['too much at once', { concurrency: 65 }],
  ])('are refused before anything is asked: %s', (_, wrong) => {
    const settings = {
      endpoint: 'http://127.0.0.1:9',
      region: 'fr1',
      bucket: 'live-mem',
      accessKeyId: 'a',
      secretAccessKey: 'b',
    };
    expect(() => createStoreWith({ ...settings, ...wrong })).toThrow(StoreRefusedError);
  });
});

async function failureOf([, , , options, settings, fault]: Case): Promise<{
  error: LiveMemoryError;
  secrets: string[];
}> {
  const double = await startDouble(options);
  if (fault !== undefined) double.inject(() => fault);
  const used = settingsFor(double, settings(double));
  const error = await caught(createStoreWith(used, noWait()).put('a.md', 'x'));
  const { host, hostname, port } = new URL(used.endpoint);
  const { message: words = '' } = error.cause as { readonly message?: string };
  const told = [used.accessKeyId, used.secretAccessKey, host, hostname, `:${port}`, 'The double was told', words];
  return { error, secrets: told.filter((secret) => secret !== '') };
}

async function caught(asked: Promise<unknown>): Promise<LiveMemoryError> {
  const [outcome] = await Promise.allSettled([asked]);
  if (outcome.status === 'fulfilled') throw new Error('it did not fail');
  return outcome.reason as LiveMemoryError;
}

const servers: { close(): unknown; closeAllConnections(): void }[] = [];
afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

async function serverOf(listener: RequestListener): Promise<EcsObjectStoreSettings> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  return { endpoint, region: 'fr1', bucket: 'live-mem', accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };
}
