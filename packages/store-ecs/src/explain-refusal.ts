import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { S3Client } from '@aws-sdk/client-s3';
import { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { faultOf, says, statusOf } from './failures.ts';
import { addressRefused, type Fault, signatureFault } from './faults.ts';
import type { EcsObjectStoreSettings } from './settings.ts';
import type { SignatureMode } from './signing/choose-signature.ts';

/** Ways to find out why. */
export interface Explaining {
  readonly settings: EcsObjectStoreSettings;
  readonly client: S3Client;
  /** The same operation once more, signed as the other mode would. */
  readonly otherwise: (mode: SignatureMode) => Promise<unknown>;
}

/** What an error means, after a closer look where it may be about the signature: a store says little, and some say it wrongly. */
export async function explainRefusal(error: unknown, explaining: Explaining): Promise<Fault> {
  const fault = faultOf(error);
  const isTold = fault === signatureFault('sigv4') || fault === signatureFault('dual');
  if (isTold || ![400, 403].includes(statusOf(error) ?? 0) || says(error, 'InvalidAccessKeyId')) return fault;
  const other = explaining.settings.signatureMode === 'sigv4' ? 'dual' : 'sigv4';
  if (await succeeds(explaining.otherwise(other))) return signatureFault(other);
  return (await isUnsignedRefused(explaining)) ? addressRefused : fault;
}

async function succeeds(attempt: Promise<unknown>): Promise<boolean> {
  const [outcome] = await Promise.allSettled([attempt]);
  return outcome.status === 'fulfilled';
}

/** Whether a request without a signature is told that its signature is wrong. */
async function isUnsignedRefused({ settings, client }: Explaining): Promise<boolean> {
  const { protocol, hostname, port, host } = new URL(settings.endpoint);
  const request = new HttpRequest({
    method: 'GET',
    protocol,
    hostname,
    ...(port === '' ? {} : { port: Number(port) }),
    path: `/${settings.bucket}`,
    query: { 'list-type': '2', 'max-keys': '1' },
    headers: { host },
  });
  try {
    const { response } = await client.config.requestHandler.handle(request);
    if (!HttpResponse.isInstance(response) || !(response.body instanceof Readable)) return false;
    return /<Code>SignatureDoesNotMatch</.test(await text(response.body));
  } catch {
    return false;
  }
}
