import { Agent as HttpAgent } from 'node:http';
import { type AgentOptions, Agent as HttpsAgent } from 'node:https';
import { rootCertificates } from 'node:tls';
import { S3Client } from '@aws-sdk/client-s3';
import { AdaptiveRetryStrategy } from '@smithy/core/retry';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { RetryStrategyV2 } from '@smithy/types';
import { readBodiesWhole } from './read-bodies-whole.ts';
import type { EcsObjectStoreSettings } from './settings.ts';
import { createRequestSigner } from './signing/request-signer.ts';
import { TunnelAgent } from './tunnel-agent.ts';
import { noteUnclearAttempts } from './unclear-attempts.ts';

/** Tries of one request. */
const ATTEMPTS = 3;
/** Connections at most: twice the requests that `getMany` has under way, so that others need not wait for it. */
const SOCKETS = 64;

/** The client of the SDK, set up for servers that are not AWS. */
export function createClient(settings: EcsObjectStoreSettings, retryStrategy?: RetryStrategyV2): S3Client {
  const { endpoint, region, accessKeyId, secretAccessKey } = settings;
  const client = new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    signer: createRequestSigner({ ...settings, signatureMode: settings.signatureMode ?? 'dual' }),
    forcePathStyle: true,
    // Without these the SDK sends aws-chunked bodies with checksums, which ECS answers with XAmzContentSHA256Mismatch.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    expectContinueHeader: false,
    // Nothing of this comes from the environment or a profile of AWS.
    useArnRegion: false,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    disableS3ExpressSessionAuth: true,
    retryStrategy: retryStrategy ?? new AdaptiveRetryStrategy(async () => ATTEMPTS),
    requestHandler: handlerOf(settings),
  });
  readBodiesWhole(client);
  noteUnclearAttempts(client);
  return client;
}

function handlerOf(settings: EcsObjectStoreSettings): NodeHttpHandler {
  const { connectTimeout = 5_000, requestTimeout = 30_000 } = settings;
  return new NodeHttpHandler(async () => ({
    ...(await agentsOf(settings, connectTimeout)),
    connectionTimeout: connectTimeout,
    requestTimeout,
    socketTimeout: requestTimeout,
    throwOnRequestTimeout: true,
    logger: silent,
  }));
}

interface Agents {
  readonly httpAgent?: HttpAgent;
  readonly httpsAgent?: HttpsAgent;
}

async function agentsOf({ endpoint, proxy, ca }: EcsObjectStoreSettings, connectTimeout: number): Promise<Agents> {
  const options: AgentOptions = { keepAlive: true, maxSockets: SOCKETS };
  // What is given is trusted as well; Node would trust it alone.
  if (ca !== undefined) options.ca = [...rootCertificates, ca];
  if (proxy === undefined) return { httpAgent: new HttpAgent(options), httpsAgent: new HttpsAgent(options) };
  if (endpoint.startsWith('https:')) return { httpsAgent: new TunnelAgent(proxy, connectTimeout, options) };
  const { HttpProxyAgent } = await import('http-proxy-agent');
  return { httpAgent: new HttpProxyAgent(proxy, options) };
}

/** A library prints nothing. */
const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };
