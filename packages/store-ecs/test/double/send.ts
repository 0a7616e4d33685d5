import { createHash } from 'node:crypto';
import { type IncomingMessage, type OutgoingHttpHeaders, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import type { Double } from './double.ts';
import type { HeaderValues } from './message.ts';
import { signatureV2, stringToSignV2 } from './verify-v2.ts';
import { canonicalRequest, signatureV4, stringToSignV4 } from './verify-v4.ts';

/** A request to send as it is: nothing is encoded, nothing is repeated. */
export interface RawRequest {
  readonly method: string;
  /** Path and query as on the request line. */
  readonly url: string;
  /** By lower-case name. Headers that signing needs are added, unless they are here; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  /** V2 unless given. */
  readonly sign?: 'V2' | 'V4' | 'none';
  /** Time of the request, in milliseconds since the Unix epoch; now unless given. */
  readonly at?: number;
  /** Other than those of the double. */
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly region?: string;
  /** Of V4; all that are sent unless given. */
  readonly signedHeaders?: readonly string[];
  readonly ca?: string;
}

/** What came back. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/**
 * Signs a request with the verifiers' own arithmetic, and sends it on a connection of its own.
 * @throws {Error} the connection was lost before the end of the answer
 */
export async function send(to: Double, raw: RawRequest): Promise<RawAnswer> {
  const answer = await answerTo(to, raw);
  let body = '';
  for await (const chunk of answer.setEncoding('utf8')) body += chunk;
  return { status: answer.statusCode ?? 0, headers: answer.headers, body };
}

/** As {@link send}, up to the head of the answer. */
export function answerTo(to: Double, raw: RawRequest): Promise<IncomingMessage> {
  const { host, hostname, port, protocol } = new URL(to.endpoint);
  const headers = signed(to, raw, host);
  const { method, url: path, ca } = raw;
  const options = { hostname, port, method, path, headers, ca, agent: false };
  return new Promise((resolve, reject) => {
    const outgoing = (protocol === 'https:' ? requestTls : requestPlain)(options, resolve);
    outgoing.on('error', reject).end(raw.body);
  });
}

function signed(to: Double, raw: RawRequest, host: string): OutgoingHttpHeaders {
  const given = { host, ...bodyHeaders(raw), ...raw.headers };
  if (raw.sign === 'none') return present(given);
  return raw.sign === 'V4' ? signedV4(to, raw, given) : signedV2(to, raw, given);
}

function bodyHeaders({ method, body = '' }: RawRequest): Record<string, string> {
  if (method !== 'PUT') return {};
  return {
    'content-length': `${Buffer.byteLength(body)}`,
    'content-md5': createHash('md5').update(body).digest('base64'),
  };
}

type Given = Readonly<Record<string, string | undefined>>;

function signedV2(to: Double, raw: RawRequest, given: Given): OutgoingHttpHeaders {
  const headers = present({ date: new Date(raw.at ?? Date.now()).toUTCString(), ...given });
  const stringToSign = stringToSignV2({ ...raw, headers: distinct(headers) });
  const signature = signatureV2(raw.secretAccessKey ?? to.secretAccessKey, stringToSign);
  return { authorization: `AWS ${raw.accessKeyId ?? to.accessKeyId}:${signature}`, ...headers };
}

function signedV4(to: Double, raw: RawRequest, given: Given): OutgoingHttpHeaders {
  const time = new Date(raw.at ?? Date.now()).toISOString().replace(/[-:]|\.\d+/g, '');
  const headers = present({ 'x-amz-date': time, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', ...given });
  const names = raw.signedHeaders ?? Object.keys(headers).toSorted();
  const canonical = canonicalRequest({ ...raw, headers: distinct(headers) }, names);
  const region = raw.region ?? to.region;
  const signature = signatureV4(raw.secretAccessKey ?? to.secretAccessKey, stringToSignV4(canonical, time, region));
  const credential = `${raw.accessKeyId ?? to.accessKeyId}/${time.slice(0, 8)}/${region}/s3/aws4_request`;
  const parts = [`Credential=${credential}`, `SignedHeaders=${names.join(';')}`, `Signature=${signature}`];
  return { authorization: `AWS4-HMAC-SHA256 ${parts.join(', ')}`, ...headers };
}

function present(headers: Given): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function distinct(headers: Readonly<Record<string, string>>): HeaderValues {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
}
