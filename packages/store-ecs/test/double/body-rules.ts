import { createHash } from 'node:crypto';
import { headerOf, type SignedRequest } from './message.ts';
import type { Operation } from './operation.ts';
import { type Refusal, refusal } from './refusals.ts';
import type { Settings } from './settings.ts';

/** Why a body is not taken; undefined where it is. */
export function refusedBody(
  request: SignedRequest,
  operation: Operation,
  { rules }: Pick<Settings, 'rules'>,
): Refusal | undefined {
  if (headerOf(request, 'transfer-encoding') !== undefined) {
    return rules === 'ecs'
      ? refusal('XAmzContentSHA256Mismatch', 'Chunked bodies are not taken.')
      : refusal('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  if (headerOf(request, 'content-encoding')?.includes('aws-chunked')) {
    return rules === 'ecs'
      ? refusal('XAmzContentSHA256Mismatch', 'Bodies in aws-chunked are not taken.')
      : refusal('NotImplemented', 'The double does not decode aws-chunked bodies.');
  }
  const digest = headerOf(request, 'content-md5');
  if (digest !== undefined) return wrongDigest(digest, request.body);
  if (rules !== 'ecs' || operation !== 'PUT object') return undefined;
  return refusal('InvalidRequest', 'Missing required header for this request: Content-MD5');
}

function wrongDigest(digest: string, body: Buffer): Refusal | undefined {
  if (!/^[A-Za-z0-9+/]{22}==$/.test(digest)) {
    return refusal('InvalidDigest', 'The Content-MD5 you specified is not valid.');
  }
  if (digest === createHash('md5').update(body).digest('base64')) return undefined;
  return refusal('BadDigest', 'The Content-MD5 you specified did not match what we received.');
}
