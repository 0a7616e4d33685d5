import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { compose, openStore, readSettings, type Settings, SettingsError, tryStore } from '@live-mem/wiring';

let server: Server;
let seen: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[];
beforeEach(async () => {
  seen = [];
  server = createServer(({ method, url, headers }, answer) => {
    seen.push({ method, url, headers });
    answer.writeHead(404, { 'content-type': 'application/xml' });
    answer.end('<Error><Code>NoSuchKey</Code><Message>none</Message></Error>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function settingsOf(more: Record<string, string> = {}): Settings {
  const s3 = {
    S3_ENDPOINT_URL: address(),
    S3_ACCESS_KEY_ID: 'AKIA0001',
    S3_SECRET_ACCESS_KEY: 'hush-hush',
    S3_BUCKET_NAME: 'live-mem',
  };
  return readSettings({ variables: { ...s3, ...more }, folder: tmpdir() });
}

describe('the store of the settings', () => {
  it('is a folder', async () => {
    const settings = readSettings({ variables: { LIVE_MEM_DATA: 'none-such' }, folder: tmpdir() });
    expect((await (await openStore(settings)).probe()).location).toBe(join(tmpdir(), 'none-such'));
  });

  it('is a bucket, asked with the signature for Dell ECS', async () => {
    const store = await openStore(settingsOf());
    expect(seen).toEqual([]);
    expect(await store.get('alpha/_rules.md')).toBeUndefined();
    expect(seen).toMatchObject([
      {
        method: 'GET',
        url: expect.stringMatching(/^\/live-mem\/alpha\/_rules\.md(\?|$)/),
        headers: { authorization: expect.stringMatching(/^AWS AKIA0001:/) },
      },
    ]);
  });

  it('is a bucket, asked as the settings say', async () => {
    const more = { S3_SIGNATURE_MODE: 'sigv4', S3_REGION_NAME: 'eu-west-3', S3_SESSION_TOKEN: 'temporary' };
    await (await compose(settingsOf(more))).store.get('alpha/_rules.md');
    expect(seen).toMatchObject([
      {
        headers: {
          authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AKIA0001\/\d{8}\/eu-west-3\/s3\//),
          'x-amz-security-token': 'temporary',
        },
      },
    ]);
  });

  it('is a bucket behind a proxy, which is told the user and password', async () => {
    const proxy = address().replace('//', '//ann:p%40ss@');
    const store = await openStore(settingsOf({ S3_ENDPOINT_URL: 'http://s3.invalid', S3_PROXY_URL: proxy }));
    expect(await store.get('alpha')).toBeUndefined();
    expect(seen).toMatchObject([
      {
        url: expect.stringMatching(/^http:\/\/s3\.invalid\/live-mem\/alpha(\?|$)/),
        headers: { 'proxy-authorization': `Basic ${Buffer.from('ann:p@ss').toString('base64')}` },
      },
    ]);
  });

  it('is not opened where the file of certificates is not there', async () => {
    const settings = settingsOf({ S3_CA_FILE: 'none-such.pem' });
    for (const opened of [openStore(settings), compose(settings), tryStore(settings)])
      await expect(opened).rejects.toThrow(SettingsError);
    expect(seen).toEqual([]);
  });
});

describe('trying the operations of a store', () => {
  it('has nothing to try in a folder', async () => {
    expect(await tryStore(readSettings({ variables: {}, folder: tmpdir() }))).toEqual([]);
  });

  it('asks the bucket, and says of each operation how it went', async () => {
    const trials = await tryStore(settingsOf({ S3_SIGNATURE_MODE: 'sigv4' }));
    expect(trials.length).toBeGreaterThan(0);
    expect(trials).toContainEqual(expect.objectContaining({ signature: 'V4', result: 'fail' }));
    expect(seen.every(({ url }) => url?.startsWith('/live-mem'))).toBe(true);
    expect(seen.length).toBeGreaterThan(0);
  });
});
