import { buildQueryString, HttpRequest } from '@smithy/core/protocols';
import type { HttpRequest as AnyRequest, RequestSigner, RequestSigningArguments } from '@smithy/types';
import { chooseSignature, type SignatureMode } from './choose-signature.ts';
import { authorizeV2 } from './sign-v2.ts';
import { amazonDate, authorizeV4, UNSIGNED_PAYLOAD } from './sign-v4.ts';

/** Whose signature it is, and for which region. */
export interface SignerSettings {
  readonly signatureMode: SignatureMode;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** Left over from an earlier attempt, or set by the SDK for a signature that is not ours. */
const replaced = ['authorization', 'date', 'x-amz-date', 'x-amz-content-sha256', 'x-amz-security-token'];

/**
 * Signs each request as its method and path ask for. The SDK calls it last, on every attempt, with the time by the store's
 * clock: so retries and the correction of a wrong clock work for both signatures.
 */
export function createRequestSigner(settings: SignerSettings): RequestSigner {
  return {
    async sign(request: AnyRequest, { signingDate = new Date() }: RequestSigningArguments = {}) {
      const unsigned = HttpRequest.clone(request);
      const headers = headersOf(unsigned, settings);
      const signature = chooseSignature(settings.signatureMode, unsigned);
      const date = new Date(signingDate);
      const sign = signature === 'V2' ? signV2 : signV4;
      unsigned.headers = sign(unsigned, headers, date, settings);
      return unsigned;
    },
  };
}

function signV2(request: AnyRequest, sent: Headers, date: Date, settings: SignerSettings): Headers {
  const headers = { ...sent, date: date.toUTCString() };
  const { method, path, query = {} } = request;
  const signed = { method, path, query, headers };
  return { ...headers, authorization: authorizeV2(signed, settings.accessKeyId, settings.secretAccessKey) };
}

function signV4(request: AnyRequest, sent: Headers, date: Date, settings: SignerSettings): Headers {
  const headers = { ...sent, 'x-amz-date': amazonDate(date), 'x-amz-content-sha256': UNSIGNED_PAYLOAD };
  const query = buildQueryString(request.query ?? {});
  const pathWithQuery = query === '' ? request.path : `${request.path}?${query}`;
  const { region, accessKeyId, secretAccessKey } = settings;
  const signed = { method: request.method, pathWithQuery, headers: signable(headers), region };
  return { ...headers, authorization: authorizeV4(signed, accessKeyId, secretAccessKey) };
}

type Headers = Record<string, string>;

function headersOf(request: AnyRequest, { sessionToken }: SignerSettings): Headers {
  const named = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const headers: Headers = Object.fromEntries(named.filter(([name]) => !replaced.includes(name)));
  if (sessionToken !== undefined) headers['x-amz-security-token'] = sessionToken;
  return headers;
}

function signable(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => isSigned(name)));
}

/** Proxies may change any other header. */
function isSigned(name: string): boolean {
  return name.startsWith('x-amz-') || ['host', 'content-type', 'content-md5'].includes(name);
}
