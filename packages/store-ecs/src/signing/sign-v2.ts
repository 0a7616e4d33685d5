import { createHmac } from 'node:crypto';

/** What signature version 2 covers. */
export interface SignableV2 {
  readonly method: string;
  /** Exactly as on the request line: percent-encoded, without the query. */
  readonly path: string;
  /** Decoded values; null: a bare name. */
  readonly query: Readonly<Record<string, string | readonly string[] | null>>;
  /** Names in lower case. `date` is there, and `x-amz-date` is not: servers disagree about requests with both. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Names that ask for another resource than the object: they are signed, all others are not. */
const subResources = new Set([
  'acl',
  'cors',
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
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versionId',
  'versioning',
  'versions',
  'website',
]);

/**
 * The `Authorization` header of signature version 2: HMAC-SHA1 over the request line and some headers, never over the body,
 * which `Content-MD5` stands for.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
 */
export function authorizeV2(request: SignableV2, accessKeyId: string, secretAccessKey: string): string {
  const signature = createHmac('sha1', secretAccessKey).update(stringToSignV2(request), 'utf8').digest('base64');
  return `AWS ${accessKeyId}:${signature}`;
}

/** The text that is signed. */
export function stringToSignV2({ method, path, query, headers }: SignableV2): string {
  const named = ['content-md5', 'content-type', 'date'].map((name) => headers[name] ?? '');
  return [method, ...named, ...amazonHeaders(headers), path + resourceQuery(query)].join('\n');
}

function amazonHeaders(headers: SignableV2['headers']): string[] {
  return Object.keys(headers)
    .filter((name) => name.startsWith('x-amz-'))
    .toSorted()
    .map((name) => `${name}:${folded(headers[name] ?? '')}`);
}

/** A value over several lines is signed as one. */
function folded(value: string): string {
  return value.trim().replaceAll(/\s*\r?\n\s+/g, ' ');
}

function resourceQuery(query: SignableV2['query']): string {
  const parts = Object.keys(query)
    .filter((name) => subResources.has(name))
    .toSorted()
    .flatMap((name) => [query[name] ?? ''].flat().map((value) => (value === '' ? name : `${name}=${value}`)));
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
