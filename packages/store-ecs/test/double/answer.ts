import { randomUUID } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import type { Refusal } from './refusals.ts';
import { type XmlElement, xmlDocument } from './xml.ts';

/** What a request is answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An answer without body. */
export function emptyAnswer(status: number, headers: Answer['headers'] = {}): Answer {
  return { status, headers, body: Buffer.alloc(0) };
}

/** An answer that is a document. */
export function xmlAnswer(status: number, root: XmlElement, headers: Answer['headers'] = {}): Answer {
  const body = Buffer.from(xmlDocument(root), 'utf8');
  return { status, headers: { 'content-type': 'application/xml', ...headers }, body };
}

/** The answer that tells of a refusal. */
export function errorAnswer({ status, code, message, details }: Refusal, headers: Answer['headers'] = {}): Answer {
  const requestId = randomUUID();
  const elements = { Code: code, Message: message, ...details, RequestId: requestId };
  return xmlAnswer(status, ['Error', Object.entries(elements)], { 'x-amz-request-id': requestId, ...headers });
}

/** The headers of an answer as they are sent at `now`, in milliseconds since the Unix epoch. */
export function headersToSend(answer: Answer, now: number): OutgoingHttpHeaders {
  return {
    date: new Date(now).toUTCString(),
    server: 'ViPR/1.0',
    'x-amz-request-id': randomUUID(),
    // RFC 9110 forbids it with 204.
    ...(answer.status === 204 ? {} : { 'content-length': `${answer.body.length}` }),
    ...answer.headers,
  };
}
