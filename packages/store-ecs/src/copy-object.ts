import { CopyObjectCommand } from '@aws-sdk/client-s3';
import type { ObjectKey, Version } from '@live-mem/core/store';
import { says } from './failures.ts';
import type { Encryption } from './put-object.ts';
import type { Requests } from './requests.ts';
import { versionOf } from './versions.ts';

/** Copies on the side of the store. @returns undefined where there is nothing to copy */
export async function copyObject(
  { send, bucket }: Requests,
  from: ObjectKey,
  to: ObjectKey,
  { encryption, encryptionKey }: Encryption = {},
): Promise<Version | undefined> {
  const source = `${bucket}/${from.split('/').map(encodeURIComponent).join('/')}`;
  const command = new CopyObjectCommand({
    Bucket: bucket,
    Key: to,
    CopySource: source,
    ServerSideEncryption: encryption,
    SSEKMSKeyId: encryptionKey,
  });
  try {
    const { CopyObjectResult } = await send(command);
    return versionOf(CopyObjectResult?.ETag);
  } catch (error) {
    if (says(error, 'NoSuchKey')) return undefined;
    throw error;
  }
}
