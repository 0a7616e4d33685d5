import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { tryOperations } from '../src/index.ts';
import type { OperationTrial } from '../src/try-operations.ts';
import { doubles } from './double/start-double.ts';
import { settingsFor } from './settings-for.ts';

const startDouble = doubles();
/** The user's table, and the two operations it does not name. */
const table = [
  ['HEAD bucket', 'V4'],
  ['LIST objects', 'V4'],
  ['PUT object', 'V2'],
  ['GET object', 'V2'],
  ['HEAD object', 'V4'],
  ['COPY object', 'V2'],
  ['DELETE object', 'V2'],
  ['PUT if unchanged', 'V2'],
];

describe('each operation', () => {
  it('is tried with the signature that Dell ECS wants, and leaves nothing behind', async () => {
    const double = await startDouble();
    const trials = await tryOperations(settingsFor(double));
    expect(trials.map(({ operation, signature }) => [operation, signature])).toEqual(table);
    expect(trials.every(({ result }) => result === 'ok')).toBe(true);
    expect(new Set(double.seen.map(({ operation, signature }) => `${operation} ${signature}`))).toEqual(
      new Set(table.slice(0, -1).map((row) => row.join(' '))),
    );
    expect(double.objects.size).toBe(0);
  });

  it('is signed with version 4 where the settings say so', async () => {
    const trials = await tryOperations(settingsFor(await startDouble({ rules: 'both' }), { signatureMode: 'sigv4' }));
    expect(trials.map(({ signature, result }) => `${signature} ${result}`)).toEqual(table.map(() => 'V4 ok'));
  });
});

describe('the form of an ETag in If-Match', () => {
  it.each([
    ['unquoted', 'works; If-Match takes the ETag without quotes'],
    ['quoted', 'works; If-Match takes the ETag in quotes'],
    ['none', undefined],
  ] as const)('is told: %s', async (ifMatch, detail) => {
    const trials = await tryOperations(settingsFor(await startDouble({ rules: 'both', ifMatch })));
    expect(trials.find(({ operation }) => operation === 'PUT if unchanged')?.detail).toBe(detail);
    expect(failures(trials)).toEqual([]);
  });
});

describe('what the memory does without', () => {
  it('is no failure: COPY', async () => {
    const trials = await tryOperations(settingsFor(await startDouble({ copies: false })));
    expect(failures(trials).map(({ operation, result }) => [operation, result])).toEqual([['COPY object', 'warn']]);
  });
});

describe('a wrong mode', () => {
  it('is recognised: the store takes version 4 alone', async () => {
    const failed = failures(await tryOperations(settingsFor(await startDouble({ rules: 'sigv4' }))));
    expect(failed.map(({ operation }) => operation)).toEqual([
      'PUT object',
      'GET object',
      'COPY object',
      'DELETE object',
    ]);
    for (const { remedy } of failed) expect(remedy).toBe('set S3_SIGNATURE_MODE=sigv4');
  });

  it('is recognised: the store wants two', async () => {
    const failed = failures(await tryOperations(settingsFor(await startDouble(), { signatureMode: 'sigv4' })));
    expect(failed.map(({ operation }) => operation)).toEqual([
      'PUT object',
      'GET object',
      'COPY object',
      'DELETE object',
    ]);
    for (const { remedy } of failed) expect(remedy).toBe('set S3_SIGNATURE_MODE=dual');
  });
});

describe('a trial', () => {
  it.each([
    ['ecs', 'sigv4'],
    ['sigv4', 'dual'],
  ] as const)('in the wrong mode leaves nothing behind: a store for %s, asked in %s', async (rules, signatureMode) => {
    const double = await startDouble({ rules });
    await tryOperations(settingsFor(double, { signatureMode }));
    expect([...double.objects.keys()]).toEqual([]);
  });

  it('that breaks off while it looks closer is told as what it is', async () => {
    const double = await startDouble();
    double.inject(({ headers }) =>
      headers['if-none-match'] === '*' ? { do: 'answer', status: 403, code: 'Odd' } : undefined,
    );
    const trials = await tryOperations(settingsFor(double));
    expect(failures(trials).map(({ operation, result }) => [operation, result])).toEqual([
      ['PUT if unchanged', 'fail'],
    ]);
  });

  it('finds out a store that gives back another text', async () => {
    const double = await startDouble();
    double.inject(({ operation, key = '' }) => {
      const there = double.objects.get(key);
      if (operation === 'GET object' && there) double.objects.set(key, { ...there, body: Buffer.from('another') });
      return undefined;
    });
    expect(failures(await tryOperations(settingsFor(double))).map(({ operation }) => operation)).toContain(
      'GET object',
    );
  });
});

describe('what is refused', () => {
  it.each([
    ['an unknown key', { accessKeyId: 'NOBODY' }, 'check S3_ACCESS_KEY_ID'],
    ['another bucket', { bucket: 'elsewhere' }, 'check S3_BUCKET_NAME, or create it'],
  ])('is told for each operation, HEAD too, which cannot say it itself: %s', async (_, wrong, remedy) => {
    const trials = await tryOperations(settingsFor(await startDouble(), wrong));
    expect(failures(trials).map((trial) => trial.remedy)).toEqual(table.slice(0, -1).map(() => remedy));
  });

  it('is told to be the secret where an unsigned request is refused otherwise', async () => {
    const trials = await tryOperations(settingsFor(await startDouble(), { secretAccessKey: 'wrong' }));
    expect(failures(trials).map(({ operation }) => operation)).toEqual(table.slice(0, -1).map(([name]) => name));
    for (const { remedy } of failures(trials)) expect(remedy).toMatch(/check S3_SECRET_ACCESS_KEY/);
  });

  it('is told to be the address of this machine where even what is not signed has a wrong signature', async () => {
    const server = createServer((_, response) =>
      response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const settings = { region: 'fr1', bucket: 'live-mem', accessKeyId: 'a', secretAccessKey: 'b' };
    const trials = await tryOperations({ ...settings, endpoint: `http://127.0.0.1:${port}` });
    server.close();
    expect(trials.find(({ operation }) => operation === 'PUT object')).toMatchObject({
      result: 'fail',
      remedy: 'have the address put on the list of those let in',
    });
  });

  it('is told once where nobody answers', async () => {
    const trials = await tryOperations(settingsFor(await startDouble(), { endpoint: 'http://127.0.0.1:1' }));
    expect(trials).toEqual([
      expect.objectContaining({
        operation: 'HEAD bucket',
        result: 'fail',
        detail: 'nobody answers at the endpoint, or at the proxy',
      }),
    ]);
  });
});

function failures(trials: readonly OperationTrial[]): readonly OperationTrial[] {
  return trials.filter(({ result }) => result !== 'ok');
}
