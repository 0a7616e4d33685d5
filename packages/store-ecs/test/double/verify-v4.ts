import { createHash, createHmac } from 'node:crypto';
import type { MessageHead } from './message.ts';
import { readQuery, splitUrl } from './target.ts';

/** What an Authorization header of signature V4 says. */
export interface AuthorizationV4 {
  readonly accessKeyId: string;
  /** Day, `YYYYMMDD`. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  /** As they were written. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** Reads an Authorization header; undefined where it is not well formed. */
export function readAuthorizationV4(authorization: string): AuthorizationV4 | undefined {
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/\s]+)\/(\d{8})\/([^/\s]+)\/([^/\s]+)\/aws4_request, ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/;
  const [, accessKeyId, day, region, service, names, signature] = form.exec(authorization) ?? [];
  if (!accessKeyId || !day || !region || !service || !names || !signature) return undefined;
  return { accessKeyId, day, region, service, signedHeaders: names.split(';'), signature };
}

/**
 * The canonical form of a request to S3, whose path is encoded once and not normalised.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function canonicalRequest(head: MessageHead, signedHeaders: readonly string[]): string {
  const { path, query } = splitUrl(head.url);
  return [
    head.method,
    path.split('/').map(decodeURIComponent).map(encoded).join('/'),
    canonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${canonicalValue(head.headers[name] ?? [])}`),
    '',
    signedHeaders.join(';'),
    head.headers['x-amz-content-sha256']?.join(',') ?? '',
  ].join('\n');
}

/** What signature V4 signs, of a canonical request made at `time` (`YYYYMMDDTHHMMSSZ`). */
export function stringToSignV4(canonical: string, time: string, region: string): string {
  const hash = createHash('sha256').update(canonical, 'utf8').digest('hex');
  return ['AWS4-HMAC-SHA256', time, `${time.slice(0, 8)}/${region}/s3/aws4_request`, hash].join('\n');
}

/** The signature that a request must carry, in hexadecimal. */
export function signatureV4(secretAccessKey: string, stringToSign: string): string {
  const [day = '', region = ''] = stringToSign.split('\n')[2]?.split('/') ?? [];
  const steps = [day, region, 's3', 'aws4_request'];
  const key = steps.reduce<string | Uint8Array>((last, step) => hmac(last, step), `AWS4${secretAccessKey}`);
  return Buffer.from(hmac(key, stringToSign)).toString('hex');
}

/** Encodes every byte but the unreserved characters of RFC 3986. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function canonicalQuery(query: string): string {
  const pairs = readQuery(query).map(([name, value]) => [encoded(name), encoded(value)] as const);
  const sorted = pairs.toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  return sorted.map(([name, value]) => `${name}=${value}`).join('&');
}

/** Encoded text is ASCII, where the order of code units is that of code points. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function canonicalValue(values: readonly string[]): string {
  return values.map((value) => value.trim().replace(/ +/g, ' ')).join(',');
}

function hmac(key: string | Uint8Array, text: string): Uint8Array {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}
