import { createHmac } from 'node:crypto';
import { headerOf, type MessageHead } from './message.ts';
import { readQuery, splitUrl } from './target.ts';

/** Parameters that the signature covers; all others it does not. */
const subresources = new Set([
  'acl',
  'delete',
  'lifecycle',
  'location',
  'logging',
  'notification',
  'partNumber',
  'policy',
  'requestPayment',
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
  'torrent',
  'uploadId',
  'uploads',
  'versionId',
  'versioning',
  'versions',
  'website',
]);

/**
 * What signature V2 signs of a request.
 * @param hostBucket the bucket where the Host header names it, which only the published examples do
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
 */
export function stringToSignV2(head: MessageHead, hostBucket?: string): string {
  const date = head.headers['x-amz-date'] ? '' : (headerOf(head, 'date') ?? '');
  const named = ['content-md5', 'content-type'].map((name) => headerOf(head, name) ?? '');
  return [head.method, ...named, date, ...amzHeaders(head), canonicalResource(head.url, hostBucket)].join('\n');
}

/** The signature that a request must carry, in base64. */
export function signatureV2(secretAccessKey: string, stringToSign: string): string {
  return createHmac('sha1', secretAccessKey).update(stringToSign, 'utf8').digest('base64');
}

/** Access key and signature of an Authorization header; undefined where it is not of this kind. */
export function readAuthorizationV2(
  authorization: string,
): { readonly accessKeyId: string; readonly signature: string } | undefined {
  const [, accessKeyId, signature] = /^AWS ([^:\s]+):([A-Za-z0-9+/]+=*)$/.exec(authorization) ?? [];
  return accessKeyId !== undefined && signature !== undefined ? { accessKeyId, signature } : undefined;
}

function amzHeaders(head: MessageHead): string[] {
  const names = Object.keys(head.headers).filter((name) => name.startsWith('x-amz-'));
  return names.toSorted().map((name) => `${name}:${head.headers[name]?.map((value) => value.trim()).join(',')}`);
}

function canonicalResource(url: string, hostBucket: string | undefined): string {
  const { path, query } = splitUrl(url);
  const signed = readQuery(query).filter(([name]) => subresources.has(name));
  const sorted = signed.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const written = sorted.map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join('&');
  return (hostBucket === undefined ? '' : `/${hostBucket}`) + path + (written === '' ? '' : `?${written}`);
}
