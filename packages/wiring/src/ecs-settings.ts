import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { EcsObjectStoreSettings } from '@live-mem/store-ecs';
import { SettingsError } from './settings/settings-error.ts';
import type { S3StoreSettings } from './settings/store-settings.ts';

/**
 * What the adapter takes: secrets as they are, the certificates read.
 * @throws {@link SettingsError} the file of certificates cannot be read, or holds none that can be used
 */
export async function ecsSettingsOf(store: S3StoreSettings): Promise<EcsObjectStoreSettings> {
  const { endpoint, region, bucket, signatureMode, encryption, connectTimeout, requestTimeout, concurrency } = store;
  return {
    endpoint,
    region,
    bucket,
    accessKeyId: store.accessKeyId.reveal(),
    secretAccessKey: store.secretAccessKey.reveal(),
    sessionToken: store.sessionToken?.reveal(),
    signatureMode,
    proxy: store.proxy?.reveal(),
    ca: store.caFile === undefined ? undefined : await certificatesIn(store.caFile),
    encryption,
    encryptionKey: store.encryptionKey?.reveal(),
    connectTimeout,
    requestTimeout,
    concurrency,
  };
}

async function certificatesIn(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw wrong(`names a file that cannot be read: ${file} (${cause.code ?? 'unknown'})`, cause);
  });
  const certificates = text.match(/-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----/gs) ?? [];
  if (certificates.length === 0)
    throw wrong(`names a file without a certificate: ${file} must hold lines from "BEGIN CERTIFICATE" on (PEM)`);
  // One that cannot be read would be left out without a word, and the connection refused later.
  return certificates.map((one, at) => readable(one, `${file}, certificate ${at + 1}`)).join('');
}

function readable(certificate: string, place: string): string {
  try {
    return new X509Certificate(certificate).toString();
  } catch (cause) {
    throw wrong(`holds what is no certificate: ${place}`, cause);
  }
}

function wrong(message: string, cause?: unknown): SettingsError {
  return new SettingsError([{ at: 'S3_CA_FILE', message }], { cause });
}
