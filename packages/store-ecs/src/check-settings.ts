import { StoreRefusedError } from '@live-mem/core/store';
import type { EcsObjectStoreSettings } from './settings.ts';

/** @throws {@link StoreRefusedError} names what cannot work, before anything is asked of a server */
export function checkSettings(settings: EcsObjectStoreSettings): void {
  const fault = faultOf(settings);
  if (fault !== undefined) throw new StoreRefusedError(fault);
}

function faultOf(settings: EcsObjectStoreSettings): string | undefined {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey, concurrency = 1 } = settings;
  if (!isService(endpoint)) {
    return 'the endpoint must be an http or https address without path, query, user and password (S3_ENDPOINT_URL)';
  }
  if (!/^[a-zA-Z0-9][a-zA-Z0-9._-]{2,62}$/.test(bucket) || bucket.endsWith('--x-s3'))
    return 'the bucket has no name that S3 takes (S3_BUCKET_NAME)';
  if (region === '') return 'no region named: any word will do where the store has none (S3_REGION_NAME)';
  if (accessKeyId === '' || secretAccessKey === '') {
    return 'the access key and its secret are needed (S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY)';
  }
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 64) {
    return 'concurrency must be a whole number from 1 to 64 (S3_CONCURRENCY)';
  }
  return undefined;
}

function isService(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, pathname, search, username, password, hash } = new URL(endpoint);
  return /^https?:$/.test(protocol) && pathname === '/' && search === '' && `${username}${password}${hash}` === '';
}
