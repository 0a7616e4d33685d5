import aws4 from 'aws4';

/** What signature version 4 covers. */
export interface SignableV4 {
  readonly method: string;
  /** Percent-encoded, with the query. */
  readonly pathWithQuery: string;
  /** Names in lower case: `host`, and whatever else shall be signed; among them `x-amz-date` and `x-amz-content-sha256`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly region: string;
  /** `s3` unless given. */
  readonly service?: string;
}

/** In place of the hash of the body: TLS and `Content-MD5` protect it, and nothing is read twice. */
export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/**
 * The `Authorization` header of signature version 4.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function authorizeV4(request: SignableV4, accessKeyId: string, secretAccessKey: string): string {
  const { method, pathWithQuery, headers, region, service = 's3' } = request;
  const { host = '' } = headers;
  const signed = aws4.sign(
    { service, region, method, path: pathWithQuery, host, headers: { ...headers } },
    { accessKeyId, secretAccessKey },
  );
  return String(signed.headers?.['Authorization']);
}

/** `20260101T000000Z` */
export function amazonDate(date: Date): string {
  return date.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
}
