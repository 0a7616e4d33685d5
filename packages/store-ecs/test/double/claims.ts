import { headerOf, type MessageHead } from './message.ts';
import { type Refusal, refusal } from './refusals.ts';
import type { Settings } from './settings.ts';

/** How far a request's time may be from the double's, in milliseconds. */
const MAX_SKEW = 15 * 60_000;

/** Of a key that nobody has, or a session token that is not the one it should be. */
export function wrongIdentity(head: MessageHead, accessKeyId: string, settings: Settings): Refusal | undefined {
  if (accessKeyId !== settings.accessKeyId) {
    const message = 'The AWS Access Key Id you provided does not exist in our records.';
    return refusal('InvalidAccessKeyId', message, { AWSAccessKeyId: accessKeyId });
  }
  if (headerOf(head, 'x-amz-security-token') === settings.sessionToken) return undefined;
  return refusal('InvalidToken', 'The provided token is malformed or otherwise invalid.');
}

/** Of a time that is none, or too far from the double's. */
export function wrongTime(time: number, { now }: Settings): Refusal | undefined {
  if (Number.isNaN(time)) {
    return refusal('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
  }
  if (Math.abs(time - now()) <= MAX_SKEW) return undefined;
  const message = 'The difference between the request time and the current time is too large.';
  return refusal('RequestTimeTooSkewed', message, {
    RequestTime: new Date(time).toISOString(),
    ServerTime: new Date(now()).toISOString(),
    MaxAllowedSkewMilliseconds: `${MAX_SKEW}`,
  });
}

/** Of a signature that is not the one it should be; the details say what was signed here. */
export function wrongSignature(
  signature: string,
  expected: string,
  details: Readonly<Record<string, string>>,
): Refusal | undefined {
  return signature === expected ? undefined : mismatch({ ...details, SignatureProvided: signature });
}

/** The refusal of a wrong signature. */
export function mismatch(details: Readonly<Record<string, string>>): Refusal {
  const message = 'The request signature we calculated does not match the signature you provided.';
  return refusal('SignatureDoesNotMatch', message, details);
}
