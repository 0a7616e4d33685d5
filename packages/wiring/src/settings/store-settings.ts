import { resolve } from 'node:path';
import { descriptionOf, type SettingName, settingNames } from './descriptions.ts';
import type { Secret } from './secret.ts';
import type { IsSet, SettingValues } from './setting-values.ts';
import type { SettingFault } from './settings-error.ts';

/** Where the memory is kept. */
export type StoreSettings = FolderStoreSettings | S3StoreSettings;

/** A folder. */
export interface FolderStoreSettings {
  readonly kind: 'folder';
  /** Absolute path. */
  readonly folder: string;
}

/** An S3 bucket, and how it is reached. */
export interface S3StoreSettings {
  readonly kind: 's3';
  /** Address of the service, without user, password and path. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: Secret;
  readonly secretAccessKey: Secret;
  readonly sessionToken?: Secret | undefined;
  readonly signatureMode: 'dual' | 'sigv4';
  /** May hold user and password. */
  readonly proxy?: Secret | undefined;
  /** Absolute path. It is read when the store is opened. */
  readonly caFile?: string | undefined;
  readonly encryption?: 'AES256' | 'aws:kms' | undefined;
  readonly encryptionKey?: Secret | undefined;
  /** Milliseconds. */
  readonly connectTimeout: number;
  /** Milliseconds. */
  readonly requestTimeout: number;
  readonly concurrency: number;
}

/** The settings that choose a bucket by being set. */
const s3Names: readonly SettingName[] = settingNames.filter((name) => descriptionOf(name).group === 's3');

const needed = ['S3_ENDPOINT_URL', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY', 'S3_BUCKET_NAME'] as const;

/** The store that is asked for, or what is missing or does not fit together; a value that is not allowed is no fault of here. */
export function storeSettingsOf(
  values: SettingValues,
  isSet: IsSet,
  folder: string,
): StoreSettings | { readonly faults: readonly SettingFault[] } {
  if (chosenStore(values, isSet) === 'folder')
    return { kind: 'folder', folder: resolve(folder, values.LIVE_MEM_DATA ?? './data') };
  const faults = [...missing(values, isSet), ...loneEncryptionKey(values, isSet)];
  return (faults.length === 0 ? s3SettingsOf(values, folder) : undefined) ?? { faults };
}

/** Settings of the store that is not chosen, and so have no effect. */
export function unusedByStore({ kind }: StoreSettings, isSet: IsSet): readonly SettingName[] {
  return (kind === 'folder' ? s3Names : (['LIVE_MEM_DATA'] as const)).filter(isSet);
}

function chosenStore({ LIVE_MEM_STORE }: SettingValues, isSet: IsSet): StoreSettings['kind'] {
  return LIVE_MEM_STORE ?? (s3Names.some(isSet) ? 's3' : 'folder');
}

function missing({ LIVE_MEM_STORE }: SettingValues, isSet: IsSet): SettingFault[] {
  const asking = LIVE_MEM_STORE === 's3' ? 'LIVE_MEM_STORE=s3' : s3Names.find(isSet);
  const message = `is missing, and the S3 bucket that ${asking} asks for needs it: set it, or set LIVE_MEM_STORE=folder`;
  return needed.filter((name) => !isSet(name)).map((at) => ({ at, message }));
}

function loneEncryptionKey({ S3_ENCRYPTION }: SettingValues, isSet: IsSet): SettingFault[] {
  const isWrong = isSet('S3_ENCRYPTION') && S3_ENCRYPTION === undefined;
  if (!isSet('S3_ENCRYPTION_KEY') || S3_ENCRYPTION === 'aws:kms' || isWrong) return [];
  const message = 'is a key for S3_ENCRYPTION=aws:kms alone: set that as well, or remove the key';
  return [{ at: 'S3_ENCRYPTION_KEY', message }];
}

/** Undefined where one that is needed holds what is not allowed. */
function s3SettingsOf(values: SettingValues, folder: string): S3StoreSettings | undefined {
  const { S3_ENDPOINT_URL: endpoint, S3_BUCKET_NAME: bucket } = values;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = values;
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) return undefined;
  return {
    kind: 's3',
    endpoint,
    region: values.S3_REGION_NAME ?? 'fr1',
    bucket,
    accessKeyId,
    secretAccessKey,
    sessionToken: values.S3_SESSION_TOKEN,
    signatureMode: values.S3_SIGNATURE_MODE ?? 'dual',
    proxy: values.S3_PROXY_URL,
    caFile: values.S3_CA_FILE === undefined ? undefined : resolve(folder, values.S3_CA_FILE),
    encryption: values.S3_ENCRYPTION,
    encryptionKey: values.S3_ENCRYPTION_KEY,
    connectTimeout: milliseconds(values.S3_CONNECT_TIMEOUT ?? 5),
    requestTimeout: milliseconds(values.S3_REQUEST_TIMEOUT ?? 30),
    concurrency: values.S3_CONCURRENCY ?? 32,
  };
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000);
}
