import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, emptyAnswer, errorAnswer } from './answer.ts';
import { authenticate, signatureKind } from './authenticate.ts';
import { refusedBody } from './body-rules.ts';
import { refusedByEcs } from './ecs-rules.ts';
import { answerWith, type Fault } from './faults.ts';
import { listObjects } from './list-objects.ts';
import type { SignedRequest } from './message.ts';
import { copyObject, deleteObject, getObject, type Objects, putObject } from './objects.ts';
import { operationOf } from './operation.ts';
import { readBody } from './read-body.ts';
import { type Refusal, refusal } from './refusals.ts';
import type { SeenRequest, SeenRequests } from './seen.ts';
import type { Settings } from './settings.ts';
import { readTarget, type Target } from './target.ts';
import { wayBack } from './way-back.ts';

/** What the double serves with. */
export interface ServeParts {
  readonly settings: Settings;
  readonly objects: Objects;
  readonly seen: SeenRequests;
  readonly faultOf: (request: SeenRequest) => Fault | undefined;
  readonly closing: AbortSignal;
}

/** Serves one request: writes it down, checks it, lets it take effect, answers it. */
export async function serve(parts: ServeParts, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method = '', url = '', headersDistinct: headers } = incoming;
  const target = readTarget(url);
  const operation = operationOf(method, target, headers);
  const signature = signatureKind({ headers });
  const visit = parts.seen.arrived({ operation, signature, method, url, key: target?.key, headers: incoming.headers });
  outgoing.once('close', () => visit.left());
  const back = wayBack(outgoing, visit, parts.settings.now, parts.closing);
  const read = await readBody(incoming);
  if (read === 'broken off') return;
  if (read === 'too large') {
    return back.send(errorAnswer(refusal('EntityTooLarge', 'Your upload is too large.'), { connection: 'close' }));
  }
  const request = { method, url, headers, body: read.body };
  const refused = refusedRequest(request, target, visit.request, parts.settings);
  if (refused || !target) return back.send(errorAnswer(refused ?? invalidUri()));
  await answerWith(parts.faultOf(visit.request), back, (entries) =>
    effect(request, target, visit.request, parts, entries),
  );
}

function refusedRequest(
  request: SignedRequest,
  target: Target | undefined,
  { operation, signature }: SeenRequest,
  settings: Settings,
): Refusal | undefined {
  return (
    refusedForm(request, target, settings) ??
    authenticate(request, settings) ??
    (settings.rules === 'ecs' ? refusedByEcs(operation, signature) : undefined)
  );
}

function refusedForm(
  { headers }: SignedRequest,
  target: Target | undefined,
  { bucket }: Settings,
): Refusal | undefined {
  if (!target) return invalidUri();
  if (headers['host']?.some((host) => host.split(/[.:]/, 1)[0] === bucket)) {
    return refusal('InvalidRequest', `Virtual-host addressing: the Host header names the bucket ${bucket}.`);
  }
  // Stores disagree on the bytes that are signed then.
  const awkward = Object.entries(headers).find(([, values]) => values?.some((value) => /[^\t\x20-\x7e]/.test(value)));
  return awkward && refusal('InvalidArgument', `The header ${awkward[0]} is not ASCII.`);
}

function effect(
  request: SignedRequest,
  target: Target,
  { operation }: SeenRequest,
  { objects, settings }: ServeParts,
  entries: number | undefined,
): Answer {
  const { bucket, key = '' } = target;
  if (bucket !== '' && bucket !== settings.bucket) {
    return errorAnswer(refusal('NoSuchBucket', 'The specified bucket does not exist', { BucketName: bucket }));
  }
  if (Buffer.byteLength(key) > 1024) return errorAnswer(refusal('KeyTooLongError', 'Your key is too long'));
  const refused = refusedBody(request, operation, settings);
  if (refused) return errorAnswer(refused);
  switch (operation) {
    case 'PUT object':
      return putObject(objects, key, request, settings);
    case 'GET object':
    case 'HEAD object':
      return getObject(objects, key, request);
    case 'DELETE object':
      return deleteObject(objects, key);
    case 'COPY object':
      return settings.copies ? copyObject(objects, key, request, settings) : notImplemented();
    case 'HEAD bucket':
      return emptyAnswer(200);
    case 'LIST objects':
      return listObjects(objects, target, settings, entries);
    case 'other':
      return notImplemented();
  }
}

function notImplemented(): Answer {
  const message = 'A header or a parameter you provided implies functionality that is not implemented.';
  return errorAnswer(refusal('NotImplemented', message));
}

function invalidUri(): Refusal {
  return refusal('InvalidURI', "Couldn't parse the specified URI.");
}
