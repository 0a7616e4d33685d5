import type { EcsObjectStoreSettings } from '../src/index.ts';
import type { Double } from './double/double.ts';

/** How a double is reached. */
export function settingsFor(
  { endpoint, region, bucket, accessKeyId, secretAccessKey }: Double,
  more: Partial<EcsObjectStoreSettings> = {},
): EcsObjectStoreSettings {
  return { endpoint, region, bucket, accessKeyId, secretAccessKey, ...more };
}
