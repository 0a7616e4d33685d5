import { type GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { type ObjectKey, type StoredObject, UnreadableObjectError } from '@live-mem/core/store';
import { versionOf } from './versions.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws {@link UnreadableObjectError} it is not UTF-8 */
export async function readObject(key: ObjectKey, answer: GetObjectCommandOutput): Promise<StoredObject> {
  const version = versionOf(answer.ETag);
  const bytes = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
  return { body: decode(key, bytes), version, modifiedAt: answer.LastModified?.getTime() ?? 0 };
}

function decode(key: ObjectKey, bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new UnreadableObjectError(key, 'it is not UTF-8', { cause });
  }
}
