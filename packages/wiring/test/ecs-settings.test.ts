import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readSettings, SettingsError } from '@live-mem/wiring';
import { ecsSettingsOf } from '../src/ecs-settings.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'live-mem-wiring-'));
});
afterEach(() => rm(folder, { recursive: true }));

const [one = '', two = ''] = rootCertificates;

const opened = async (more: Record<string, string>) => {
  const s3 = {
    S3_ENDPOINT_URL: 'https://s3.example.org',
    S3_ACCESS_KEY_ID: 'AKIA0001',
    S3_SECRET_ACCESS_KEY: 'hush-hush',
    S3_BUCKET_NAME: 'live-mem',
  };
  const { store } = readSettings({ variables: { ...s3, ...more }, folder });
  if (store.kind !== 's3') throw new Error('no bucket');
  return ecsSettingsOf(store);
};

describe('what the adapter for S3 takes', () => {
  it('are the settings, secrets as they are', async () => {
    const more = {
      S3_SESSION_TOKEN: 'token',
      S3_PROXY_URL: 'http://ann:secret@127.0.0.1:3128',
      S3_ENCRYPTION: 'aws:kms',
      S3_ENCRYPTION_KEY: 'alias/live-mem',
    };
    expect(await opened(more)).toEqual({
      endpoint: 'https://s3.example.org',
      region: 'fr1',
      bucket: 'live-mem',
      accessKeyId: 'AKIA0001',
      secretAccessKey: 'hush-hush',
      sessionToken: 'token',
      signatureMode: 'dual',
      proxy: 'http://ann:secret@127.0.0.1:3128',
      encryption: 'aws:kms',
      encryptionKey: 'alias/live-mem',
      connectTimeout: 5_000,
      requestTimeout: 30_000,
      concurrency: 32,
    });
  });

  it('are the certificates of the file, without what people write between them', async () => {
    await writeFile(join(folder, 'ca.pem'), `ours\r\n${one}\nthe other\n${two}\n`);
    const { ca } = await opened({ S3_CA_FILE: 'ca.pem' });
    expect(ca).toBe([one, two].map((certificate) => new X509Certificate(certificate).toString()).join(''));
  });

  it.each([
    ['none.pem', /^S3_CA_FILE names a file that cannot be read: .*none\.pem \(ENOENT\)$/],
    ['.', /^S3_CA_FILE names a file that cannot be read: .* \(EISDIR\)$/],
    ['key.pem', /^S3_CA_FILE names a file without a certificate: .*key\.pem must hold/],
    ['cut.pem', /^S3_CA_FILE holds what is no certificate: .*cut\.pem, certificate 2$/],
  ])('is refused where %s holds no certificate', async (path, message) => {
    await writeFile(join(folder, 'key.pem'), '-----BEGIN PRIVATE KEY-----\naHVzaA==\n-----END PRIVATE KEY-----\n');
    await writeFile(join(folder, 'cut.pem'), `${one}\n${two.replace(/\n.+/, '')}\n`);
    const refused = await opened({ S3_CA_FILE: path }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(SettingsError);
    expect((refused as SettingsError).message).toMatch(message);
    expect(String(refused)).not.toContain('aHVzaA');
  });
});
