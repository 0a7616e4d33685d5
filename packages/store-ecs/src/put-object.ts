import { createHash, randomBytes } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import {
  type ObjectKey,
  StoreUnavailableError,
  type Version,
  type WriteCondition,
  WriteConflictError,
} from '@live-mem/core/store';
import type { TagForm } from './abilities/abilities.ts';
import { contentTypeOf } from './content-type.ts';
import { isRefusedClearly, says, statusOf } from './failures.ts';
import type { Requests } from './requests.ts';
import type { EcsObjectStoreSettings } from './settings.ts';
import { isAfterUnclearAttempt } from './unclear-attempts.ts';
import { versionOf } from './versions.ts';

/** How objects are encrypted by the store. */
export type Encryption = Pick<EcsObjectStoreSettings, 'encryption' | 'encryptionKey'>;

/** A condition, as it is sent. */
export type SentCondition = { readonly IfNoneMatch: '*' } | { readonly IfMatch: string };

/** The condition of a write as this store takes it. */
export function sentCondition(only: WriteCondition, form: TagForm): SentCondition {
  if ('absent' in only) return { IfNoneMatch: '*' };
  return { IfMatch: form === 'quoted' ? `"${only.version}"` : only.version };
}

/** Writes an object over whatever is there. */
export async function putObject(
  { send, bucket }: Requests,
  key: ObjectKey,
  body: string,
  encryption: Encryption,
): Promise<Version> {
  const { ETag } = await send(new PutObjectCommand(inputOf(bucket, key, body, encryption)));
  return versionOf(ETag);
}

/** Which call wrote an object: equal texts have equal ETags, and only this tells whose it is. */
const MARK = 'live-mem-write';

/**
 * Writes an object where a condition holds.
 * @throws {@link WriteConflictError} it did not
 * @throws {@link StoreUnavailableError} the answer to a first attempt was lost, and the object is not what it wrote: others may have
 * come before or after
 */
export async function putObjectIf(
  requests: Requests,
  key: ObjectKey,
  body: string,
  encryption: Encryption,
  condition: SentCondition,
): Promise<Version> {
  const { send, bucket } = requests;
  const mark = randomBytes(12).toString('hex');
  const input = { ...inputOf(bucket, key, body, encryption), ...condition, Metadata: { [MARK]: mark } };
  try {
    const { ETag } = await send(new PutObjectCommand(input));
    return versionOf(ETag);
  } catch (error) {
    const conflicts = isConflict(error, condition);
    // A refusal, too, says nothing of the attempt before it.
    if (isAfterUnclearAttempt(error) && (conflicts || isRefusedClearly(error)))
      return ownVersion(requests, key, mark, error);
    throw conflicts ? new WriteConflictError(key, { cause: error }) : error;
  }
}

/**
 * The version that an earlier attempt wrote: what it was told in the end is the conflict with itself. Read with GET, whose signature
 * every store takes; whatever it fails with, nobody can tell then.
 */
async function ownVersion({ send, bucket }: Requests, key: ObjectKey, mark: string, cause: unknown): Promise<Version> {
  const there = await send(new GetObjectCommand({ Bucket: bucket, Key: key })).catch(() => undefined);
  if (there?.Metadata?.[MARK] === mark) return versionOf(there.ETag);
  const message =
    'could not tell whether it was written: the answer was lost, and others may have written since; try again';
  throw new StoreUnavailableError(message, { cause });
}

/** 404: there is nothing whose version could be the one asked for. 409: others are writing at this very moment. */
function isConflict(error: unknown, condition: SentCondition): boolean {
  if (statusOf(error) === 412 || says(error, 'ConditionalRequestConflict')) return true;
  return 'IfMatch' in condition && says(error, 'NoSuchKey');
}

function inputOf(
  bucket: string,
  key: ObjectKey,
  text: string,
  { encryption, encryptionKey }: Encryption,
): PutObjectCommandInput {
  const body = Buffer.from(text, 'utf8');
  return {
    Bucket: bucket,
    Key: key,
    Body: body,
    ContentType: contentTypeOf(key),
    // Signature version 2 covers no body: this stands for it, and is checked by ECS, AWS and Ceph.
    ContentMD5: createHash('md5').update(body).digest('base64'),
    ServerSideEncryption: encryption,
    SSEKMSKeyId: encryptionKey,
  };
}
