/**
 * `dual`: V2 for PUT, GET, DELETE and COPY of objects, V4 for HEAD and LIST, as Dell ECS wants it. `sigv4`: V4 for everything, as
 * AWS, MinIO and Ceph take it.
 */
export type SignatureMode = 'dual' | 'sigv4';

/** AWS signature version 2 or 4. */
export type Signature = 'V2' | 'V4';

/** The part of a request that decides. */
export interface RequestLine {
  readonly method: string;
  /** As on the request line, with the bucket as its first step. */
  readonly path: string;
}

/** Which signature a request gets. */
export function chooseSignature(mode: SignatureMode, { method, path }: RequestLine): Signature {
  if (mode === 'sigv4' || method === 'HEAD') return 'V4';
  return isBucket(path) ? 'V4' : 'V2';
}

/** Path-style: one step is a bucket, which is listed; more are an object. */
function isBucket(path: string): boolean {
  return /^\/[^/]*\/?$/.test(path);
}
