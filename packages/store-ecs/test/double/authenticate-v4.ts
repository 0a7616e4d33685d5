import { createHash } from 'node:crypto';
import { mismatch, wrongIdentity, wrongSignature, wrongTime } from './claims.ts';
import { headerOf, type MessageHead, type SignedRequest } from './message.ts';
import { type Refusal, refusal } from './refusals.ts';
import type { Settings } from './settings.ts';
import {
  type AuthorizationV4,
  canonicalRequest,
  readAuthorizationV4,
  signatureV4,
  stringToSignV4,
} from './verify-v4.ts';

/** Why a request with signature V4 is not right; undefined where it is. */
export function authenticateV4(request: SignedRequest, settings: Settings): Refusal | undefined {
  const claim = readAuthorizationV4(headerOf(request, 'authorization') ?? '');
  if (!claim) return malformed('it does not have the parts it must have.');
  const time = headerOf(request, 'x-amz-date') ?? '';
  const canonical = canonicalRequest(request, claim.signedHeaders);
  const stringToSign = stringToSignV4(canonical, time, settings.region);
  const signature = signatureV4(settings.secretAccessKey, stringToSign);
  return (
    wrongIdentity(request, claim.accessKeyId, settings) ??
    wrongTime(basicIsoTime(time), settings) ??
    wrongScope(claim, time, settings) ??
    wrongSignedHeaders(request, claim.signedHeaders) ??
    wrongSignature(claim.signature, signature, { StringToSign: stringToSign, CanonicalRequest: canonical }) ??
    wrongPayload(request, settings)
  );
}

function wrongScope(claim: AuthorizationV4, time: string, { region }: Settings): Refusal | undefined {
  if (claim.day !== time.slice(0, 8)) return malformed('the credential is of another day than x-amz-date.');
  if (claim.service !== 's3') return malformed(`the service '${claim.service}' is wrong; expecting 's3'.`);
  if (claim.region === region) return undefined;
  return malformed(`the region '${claim.region}' is wrong; expecting '${region}'`, { Region: region });
}

function wrongSignedHeaders({ headers }: MessageHead, signed: readonly string[]): Refusal | undefined {
  const canonical = [...new Set(signed.map((name) => name.toLowerCase()))].toSorted();
  if (canonical.join(';') !== signed.join(';')) {
    return malformed('SignedHeaders must be in lower case, sorted, each once.');
  }
  const unsigned = Object.keys(headers).filter((name) => mustBeSigned(name) && !signed.includes(name));
  if (unsigned.length > 0) {
    const details = { HeadersNotSigned: unsigned.join(', ') };
    return refusal('AccessDenied', 'There were headers present in the request which were not signed', details);
  }
  const absent = signed.filter((name) => headers[name] === undefined);
  return absent.length === 0 ? undefined : mismatch({ HeadersAbsent: absent.join(', ') });
}

function mustBeSigned(name: string): boolean {
  return name === 'host' || name === 'content-type' || name.startsWith('x-amz-');
}

function wrongPayload(request: SignedRequest, { rules }: Settings): Refusal | undefined {
  const claimed = headerOf(request, 'x-amz-content-sha256');
  if (claimed === undefined) {
    return refusal('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  }
  if (claimed === 'UNSIGNED-PAYLOAD') return undefined;
  if (rules !== 'ecs' && claimed.startsWith('STREAMING-')) {
    return refusal('NotImplemented', 'The double does not decode aws-chunked bodies.');
  }
  if (claimed === createHash('sha256').update(request.body).digest('hex')) return undefined;
  return refusal('XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match.");
}

function malformed(what: string, details: Readonly<Record<string, string>> = {}): Refusal {
  return refusal('AuthorizationHeaderMalformed', `The authorization header is malformed; ${what}`, details);
}

function basicIsoTime(time: string): number {
  return Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
