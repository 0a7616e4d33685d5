import { authenticateV4 } from './authenticate-v4.ts';
import { wrongIdentity, wrongSignature, wrongTime } from './claims.ts';
import { headerOf, type MessageHead, type SignedRequest } from './message.ts';
import { type Refusal, refusal } from './refusals.ts';
import type { Settings } from './settings.ts';
import { readAuthorizationV2, signatureV2, stringToSignV2 } from './verify-v2.ts';

/** Which signature a request claims to carry. */
export function signatureKind(head: Pick<MessageHead, 'headers'>): 'V2' | 'V4' | 'none' {
  const authorization = headerOf(head, 'authorization') ?? '';
  if (authorization.startsWith('AWS4-HMAC-SHA256')) return 'V4';
  return authorization.startsWith('AWS ') ? 'V2' : 'none';
}

/** Why a request is not from whom it says, or not as it was sent; undefined where all is well. */
export function authenticate(request: SignedRequest, settings: Settings): Refusal | undefined {
  switch (signatureKind(request)) {
    case 'V2':
      return authenticateV2(request, settings);
    case 'V4':
      return authenticateV4(request, settings);
    case 'none':
      return refusal('AccessDenied', 'Access Denied: the request carries no signature.');
  }
}

function authenticateV2(request: SignedRequest, settings: Settings): Refusal | undefined {
  if (settings.rules === 'sigv4') {
    const message = 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.';
    return refusal('InvalidRequest', message);
  }
  const claim = readAuthorizationV2(headerOf(request, 'authorization') ?? '');
  if (!claim) return refusal('InvalidArgument', 'Authorization header is invalid.');
  const [date, amzDate] = [headerOf(request, 'date'), headerOf(request, 'x-amz-date')];
  if (settings.rules === 'ecs' && date !== undefined && amzDate !== undefined) {
    return refusal('AccessDenied', 'The request has both a Date and an x-amz-date header.');
  }
  const stringToSign = stringToSignV2(request);
  return (
    wrongIdentity(request, claim.accessKeyId, settings) ??
    wrongTime(Date.parse(amzDate ?? date ?? ''), settings) ??
    wrongSignature(claim.signature, signatureV2(settings.secretAccessKey, stringToSign), { StringToSign: stringToSign })
  );
}
