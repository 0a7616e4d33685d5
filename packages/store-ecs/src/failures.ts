import { LiveMemoryError, StoreRefusedError, StoreUnavailableError } from '@live-mem/core/store';
import { badTls, type Fault, networkFaults, notS3, s3Faults, signatureFault, statusFault } from './faults.ts';

/** What the SDK tells with an error. Not `instanceof`: errors of Node may come from another realm. */
interface SdkError {
  readonly name?: unknown;
  /** Of the operating system, of TLS. */
  readonly code?: unknown;
  readonly message?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** The answer was no answer of S3. */
export class NotS3Error extends Error {
  override readonly name = 'NotS3Error';
}

/** Puts what the store, the network or the SDK said into the words of the port. */
export function storeError(error: unknown, doing: string): LiveMemoryError {
  if (error instanceof LiveMemoryError) return error;
  const { what, remedy, passes } = faultOf(error);
  const message = `could not ${doing} the store: ${what}: ${remedy}`;
  return passes
    ? new StoreUnavailableError(message, { cause: error })
    : new StoreRefusedError(message, { cause: error });
}

/** What an error of the SDK means. */
export function faultOf(error: unknown): Fault {
  const status = statusOf(error);
  const { name, message } = error as SdkError;
  // AWS says that it has given up version 2 in the message alone.
  if (status === 400 && name === 'InvalidRequest' && /AWS4-HMAC-SHA256/.test(String(message)))
    return signatureFault('sigv4');
  if (typeof name === 'string' && Object.hasOwn(s3Faults, name)) return s3Faults[name] ?? notS3;
  if (status !== undefined) return statusFault(status);
  return networkFault(error) ?? tlsFault(error) ?? notS3;
}

/** The error, or one that caused it: several addresses of one name fail each for itself. */
function networkFault(error: unknown, depth = 0): Fault | undefined {
  if (typeof error !== 'object' || error === null || depth > 3) return undefined;
  const { code, name, cause, errors } = error as { code?: unknown; name?: unknown; cause?: unknown; errors?: unknown };
  if (typeof code === 'string' && Object.hasOwn(networkFaults, code)) return networkFaults[code];
  if (name === 'TimeoutError') return networkFaults['ETIMEDOUT'];
  return networkFault(cause, depth + 1) ?? networkFault(Array.isArray(errors) ? errors[0] : undefined, depth + 1);
}

/** What OpenSSL says has many codes. */
function tlsFault(error: unknown): Fault | undefined {
  const { code } = error as SdkError;
  return /^(CERT_|ERR_SSL_|ERR_TLS_|UNABLE_TO_)/.test(String(code)) ? badTls : undefined;
}

/** The HTTP status of the answer; undefined where there was none. */
export function statusOf(error: unknown): number | undefined {
  return typeof error === 'object' && error !== null ? (error as SdkError).$metadata?.httpStatusCode : undefined;
}

/** Whether the store says one of `codes`. */
export function says(error: unknown, ...codes: readonly string[]): boolean {
  return typeof error === 'object' && error !== null && codes.includes(String((error as SdkError).name));
}

/**
 * Whether a failed request certainly had no effect. Not so after a lost answer, nor after a failure inside the store; Ceph says
 * `UnknownError` to a write that lost a race, and has not written it.
 */
export function isRefusedClearly(error: unknown): boolean {
  const status = statusOf(error);
  if (status === undefined) return neverSent.has(String((error as SdkError).code));
  // What a gateway says of its own may come after the effect.
  if (status === 408 || status === 429) return false;
  return status < 500 || says(error, 'SlowDown', 'UnknownError');
}

/** There was no connection to send anything over. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
] as const) as ReadonlySet<string>;
