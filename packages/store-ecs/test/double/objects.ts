import { createHash } from 'node:crypto';
import { type Answer, emptyAnswer, errorAnswer, xmlAnswer } from './answer.ts';
import { failedCondition, unknownCondition } from './conditions.ts';
import { copySource } from './copy-source.ts';
import type { StoredBytes } from './double.ts';
import { encryptionOf } from './encryption.ts';
import { headerOf, type MessageHead, type SignedRequest } from './message.ts';
import { refusal } from './refusals.ts';
import type { Settings } from './settings.ts';

/** Objects of a bucket by key. */
export type Objects = Map<string, StoredBytes>;

/** PUT: takes place at once or not at all. */
export function putObject(objects: Objects, key: string, request: SignedRequest, settings: Settings): Answer {
  const encryption = encryptionOf(request);
  if ('refused' in encryption) return errorAnswer(encryption.refused);
  const refused = failedCondition(request, objects.get(key), settings);
  if (refused) return errorAnswer(refused);
  const etag = createHash('md5').update(request.body).digest('hex');
  objects.set(key, { body: request.body, etag, modifiedAt: settings.now(), ...describedBy(request) });
  return emptyAnswer(200, { etag: `"${etag}"`, ...encryption.echo });
}

/** GET, and HEAD, whose body is not sent. */
export function getObject(objects: Objects, key: string, request: SignedRequest): Answer {
  const refused = unknownCondition(request);
  if (refused) return errorAnswer(refused);
  const found = objects.get(key);
  if (!found) return errorAnswer(noSuchKey(key));
  const metadata = Object.entries(found.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]);
  const headers = {
    etag: `"${found.etag}"`,
    'last-modified': new Date(found.modifiedAt).toUTCString(),
    'content-type': found.contentType ?? 'binary/octet-stream',
    ...Object.fromEntries(metadata),
  };
  return { status: 200, headers, body: found.body };
}

/** DELETE: succeeds whether something is there or not, and whatever If-Match says, as on Ceph. */
export function deleteObject(objects: Objects, key: string): Answer {
  objects.delete(key);
  return emptyAnswer(204);
}

/** COPY: of what is in the same bucket, whatever If-Match and If-None-Match say, as on Ceph. */
export function copyObject(objects: Objects, key: string, request: SignedRequest, settings: Settings): Answer {
  const encryption = encryptionOf(request);
  if ('refused' in encryption) return errorAnswer(encryption.refused);
  const source = copySource(request, settings);
  if (typeof source !== 'string') return errorAnswer(source);
  const found = objects.get(source);
  if (!found) return errorAnswer(noSuchKey(source));
  const replaces = headerOf(request, 'x-amz-metadata-directive') === 'REPLACE';
  if (source === key && !replaces) {
    return errorAnswer(refusal('InvalidRequest', 'This copy request is illegal: it copies an object to itself.'));
  }
  const modifiedAt = settings.now();
  objects.set(key, { ...found, ...(replaces ? describedBy(request) : {}), modifiedAt });
  const result = { LastModified: new Date(modifiedAt).toISOString(), ETag: `"${found.etag}"` };
  return xmlAnswer(200, ['CopyObjectResult', Object.entries(result)], encryption.echo);
}

function describedBy({ headers }: MessageHead): Pick<StoredBytes, 'contentType' | 'metadata'> {
  const named = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'));
  const metadata = named.map(([name, values]) => [name.slice('x-amz-meta-'.length), values?.join(',') ?? '']);
  return { contentType: headers['content-type']?.join(','), metadata: Object.fromEntries(metadata) };
}

function noSuchKey(key: string) {
  return refusal('NoSuchKey', 'The specified key does not exist.', { Key: key });
}
