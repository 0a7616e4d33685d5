import type { SignatureMode } from './signing/choose-signature.ts';

/** What went wrong, in words that hold nothing of what a server said. */
export interface Fault {
  readonly what: string;
  /** What to do about it; names the settings of `live-mem`. */
  readonly remedy: string;
  /** The same request may pass later. */
  readonly passes: boolean;
}

const passes = (what: string, remedy = 'try again later'): Fault => ({ what, remedy, passes: true });
const stays = (what: string, remedy: string): Fault => ({ what, remedy, passes: false });

const addressList = 'ask the operator whether the address of this machine is on the list of those let in';
const wantsV4 = stays('the store takes signature version 4 alone', 'set S3_SIGNATURE_MODE=sigv4');
const wantsV2 = stays('the store does not take signature version 4 for this', 'set S3_SIGNATURE_MODE=dual');
const wrongRegion = stays('the store is in another region', 'check S3_REGION_NAME');
const wrongToken = stays('the session token is wrong, or has expired', 'get new credentials, and set S3_SESSION_TOKEN');
const unknownAuthority = stays(
  'the certificate of the store comes from an authority that is not trusted here',
  'name the certificate of the authority with S3_CA_FILE',
);
const noTls = stays(
  'the store does not speak TLS there',
  'check whether S3_ENDPOINT_URL is http or https, and its port',
);
const full = stays('the store takes no more', 'raise its quota, or free some space');
const unableTo = stays('the store cannot do that', 'use another store');
const busy = passes('the store is busy');
const failed = passes('the store failed');
const noWay = passes('no way leads to the endpoint', 'check the network and S3_ENDPOINT_URL');
const brokenOff = passes(
  'the connection broke off',
  'try again; if it stays so, check whether S3_ENDPOINT_URL is http or https',
);
const late = passes('no answer in time', 'try again later, or raise S3_REQUEST_TIMEOUT');
const noProxy = stays('the proxy lets nothing pass', 'check the user and password in S3_PROXY_URL');
const damaged = passes('the text was damaged on the way', 'try again');

/**
 * By the code of an S3 error.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export const s3Faults: Readonly<Record<string, Fault>> = {
  NoSuchBucket: stays('there is no such bucket', 'check S3_BUCKET_NAME, or create it'),
  InvalidBucketName: stays('no bucket can have that name', 'check S3_BUCKET_NAME'),
  InvalidAccessKeyId: stays('the store does not know the access key', 'check S3_ACCESS_KEY_ID'),
  SignatureDoesNotMatch: stays(
    'the store does not take the signature',
    `check S3_SECRET_ACCESS_KEY and S3_SIGNATURE_MODE; where both are right, ${addressList}`,
  ),
  AccessDenied: stays(
    'the store does not allow it',
    `give the access key rights on the bucket; where it has them, ${addressList}`,
  ),
  AllAccessDisabled: stays('the store allows it to nobody', 'ask its operator'),
  InvalidToken: wrongToken,
  ExpiredToken: wrongToken,
  AuthorizationHeaderMalformed: wrongRegion,
  PermanentRedirect: wrongRegion,
  RequestTimeTooSkewed: stays('the clock of this machine is wrong by more than the store takes', 'set it, by NTP'),
  XAmzContentSHA256Mismatch: wantsV2,
  QuotaExceeded: full,
  EntityTooLarge: stays('the object is larger than the store takes', 'write less, or use another store'),
  NotImplemented: unableTo,
  MethodNotAllowed: unableTo,
  KeyTooLongError: stays('the store does not take a name of that length', 'choose shorter names'),
  BadDigest: damaged,
  InvalidDigest: damaged,
  IncompleteBody: damaged,
  RequestTimeout: late,
  SlowDown: busy,
  ServiceUnavailable: busy,
  InternalError: failed,
  OperationAborted: busy,
};

/** By what Node says of the network, or the SDK of time. */
export const networkFaults: Readonly<Record<string, Fault>> = {
  ENOTFOUND: stays(
    'no machine has the name of the endpoint, or of the proxy',
    'check S3_ENDPOINT_URL and S3_PROXY_URL, and the name servers of this machine',
  ),
  EAI_AGAIN: passes('the name server does not answer', 'try again later, or check S3_ENDPOINT_URL'),
  ECONNREFUSED: passes(
    'nobody answers at the endpoint, or at the proxy',
    'check S3_ENDPOINT_URL and S3_PROXY_URL and their ports, or try again later',
  ),
  EHOSTUNREACH: noWay,
  ENETUNREACH: noWay,
  ENETDOWN: noWay,
  EACCES: stays('this machine lets nothing out to the endpoint', 'check its firewall'),
  EMFILE: passes('this process has too many files open', 'try again later, or raise its limit (ulimit -n)'),
  ENFILE: passes('this machine has too many files open'),
  ECONNABORTED: brokenOff,
  ERR_PROXY_AUTHENTICATION: noProxy,
  ERR_PROXY_NO_WAY: passes('the proxy has no way to the endpoint', 'try again later, or check S3_ENDPOINT_URL'),
  ECONNRESET: brokenOff,
  EPIPE: brokenOff,
  ERR_STREAM_PREMATURE_CLOSE: brokenOff,
  ETIMEDOUT: late,
  CERT_HAS_EXPIRED: stays(
    'the certificate of the store has expired',
    'have it renewed, or set the clock of this machine',
  ),
  CERT_NOT_YET_VALID: stays('the certificate of the store is not yet valid', 'set the clock of this machine'),
  ERR_TLS_CERT_ALTNAME_INVALID: stays(
    'the certificate is for another name',
    'write the name of the certificate in S3_ENDPOINT_URL',
  ),
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  EPROTO: noTls,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
};

/** TLS fails for one of many reasons. */
export const badTls: Fault = stays(
  'the store and this machine do not come to terms about TLS',
  'check its certificate, S3_CA_FILE, and what stands between',
);

/** No S3 speaks there, or something stands between. */
export const notS3: Fault = stays(
  'what answers there is no S3',
  'check S3_ENDPOINT_URL, and S3_PROXY_URL if there is one',
);

/** The store wants the signatures of that mode. */
export function signatureFault(mode: SignatureMode): Fault {
  return mode === 'sigv4' ? wantsV4 : wantsV2;
}

/** The store lets in only some addresses: an unsigned request was refused in the very words a signed one was. */
export const addressRefused: Fault = stays(
  'the store refuses even what is not signed: most likely it does not let in the address of this machine',
  'have the address put on the list of those let in',
);

/** By the status alone, where nothing else is said. */
export function statusFault(status: number): Fault {
  if (status === 403) {
    const remedy = `check S3_ACCESS_KEY_ID, its secret and its rights; where they are right, ${addressList}`;
    return stays('the store does not allow it, and does not say why', remedy);
  }
  if (status === 407) return noProxy;
  if (status === 301 || status === 307) return wrongRegion;
  if (status === 507) return full;
  if (status === 408 || status === 429) return busy;
  if (status >= 500) return failed;
  if (status >= 400 && status !== 404) return stays(`the store refused it (HTTP ${status})`, 'check the settings S3_…');
  return notS3;
}
