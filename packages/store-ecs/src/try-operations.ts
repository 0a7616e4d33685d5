import { randomBytes } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import { OWN_PREFIX, tryAbilities } from './abilities/try-abilities.ts';
import { checkSettings } from './check-settings.ts';
import { createClient } from './client.ts';
import { copyObject } from './copy-object.ts';
import { explainRefusal } from './explain-refusal.ts';
import { faultOf, NotS3Error, says, statusOf } from './failures.ts';
import { putObject } from './put-object.ts';
import { readObject } from './read-object.ts';
import { createRequests, type Requests } from './requests.ts';
import type { EcsObjectStoreSettings } from './settings.ts';
import type { Signature, SignatureMode } from './signing/choose-signature.ts';

/** How one operation went. */
export interface OperationTrial {
  /** For instance `PUT object`. */
  readonly operation: string;
  /** What it was signed with. */
  readonly signature: Signature;
  /** `warn`: it fails, and the memory does without it. */
  readonly result: 'ok' | 'warn' | 'fail';
  readonly detail: string;
  /** What to do, where it failed. */
  readonly remedy?: string | undefined;
}

interface Operation {
  readonly name: string;
  /** On Dell ECS. */
  readonly signature: Signature;
  /** It looks for an object. */
  readonly reads?: true;
  /** The memory does without it. */
  readonly optional?: true;
  readonly run: (requests: Requests, key: string, settings: EcsObjectStoreSettings) => Promise<unknown>;
}

const TEXT = 'written by live-mem doctor\n';

/** In an order in which each finds what it needs. */
const operations: readonly Operation[] = [
  {
    name: 'HEAD bucket',
    signature: 'V4',
    run: ({ send, bucket }) => send(new HeadBucketCommand({ Bucket: bucket })),
  },
  {
    name: 'LIST objects',
    signature: 'V4',
    run: ({ send, bucket }) => send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 })),
  },
  {
    name: 'PUT object',
    signature: 'V2',
    run: (requests, key, settings) => putObject(requests, key, TEXT, settings),
  },
  {
    name: 'GET object',
    reads: true,
    signature: 'V2',
    run: readBack,
  },
  {
    name: 'HEAD object',
    reads: true,
    optional: true,
    signature: 'V4',
    run: ({ send, bucket }, key) => send(new HeadObjectCommand({ Bucket: bucket, Key: key })),
  },
  {
    name: 'COPY object',
    reads: true,
    optional: true,
    signature: 'V2',
    run: (requests, key, settings) => copyObject(requests, key, `${key}-copy`, settings),
  },
  {
    name: 'DELETE object',
    signature: 'V2',
    run: ({ send, bucket }, key) =>
      Promise.all([key, `${key}-copy`].map((Key) => send(new DeleteObjectCommand({ Bucket: bucket, Key })))),
  },
];

/**
 * Tries each operation that the store needs, with the signature it should have, on an object of its own that is deleted at the end.
 * Where nobody answers at all, one trial says so and the others are left out. Where all is well, 8 requests, one after another, and some
 * thirty that tell in which form a write is made conditional.
 * @throws {@link StoreRefusedError} the settings cannot work
 */
export async function tryOperations(settings: EcsObjectStoreSettings): Promise<readonly OperationTrial[]> {
  checkSettings(settings);
  const key = `${OWN_PREFIX}doctor-${randomBytes(8).toString('hex')}`;
  const client = createClient(settings);
  try {
    const requests = createRequests(client, settings.bucket);
    const errors = await errorsOf(requests, key, settings);
    const trials: OperationTrial[] = [];
    for (const [at, error] of errors.entries())
      trials.push(await trialOf(operations[at], betterTold(errors, at) ?? error, { key, settings, client }));
    return trials.some(({ result }) => result === 'fail')
      ? trials
      : [...trials, ...(await swapTrial(requests, settings))];
  } finally {
    client.destroy();
  }
}

/** In which form the store takes an ETag; nothing where it takes none, which is an ability it lacks and no failure. */
async function swapTrial(requests: Requests, settings: EcsObjectStoreSettings): Promise<readonly OperationTrial[]> {
  const signature = settings.signatureMode === 'sigv4' ? 'V4' : 'V2';
  const { compareAndSwap, failed } = await tryAbilities(requests, settings).then(
    (abilities) => ({ ...abilities, failed: undefined }),
    (error: unknown) => ({ compareAndSwap: undefined, failed: faultOf(error) }),
  );
  if (failed) {
    const { what, remedy } = failed;
    return [{ operation: 'PUT if unchanged', signature, result: 'fail', detail: what, remedy }];
  }
  if (compareAndSwap === undefined) return [];
  const form = { quoted: 'in quotes', unquoted: 'without quotes' }[compareAndSwap];
  return [{ operation: 'PUT if unchanged', signature, result: 'ok', detail: `works; If-Match takes the ETag ${form}` }];
}

/** What each operation failed with, undefined where it did not; those after one that nobody answered are left out. */
async function errorsOf(requests: Requests, key: string, settings: EcsObjectStoreSettings): Promise<unknown[]> {
  const errors: unknown[] = [];
  for (const { run } of operations) {
    const error: unknown = await run(requests, key, settings).then(
      () => undefined,
      (failure: unknown) => failure,
    );
    errors.push(error);
    if (error !== undefined && statusOf(error) === undefined) break;
  }
  return errors;
}

/** An answer to HEAD cannot say why: LIST does for the bucket, GET for an object. That it is not there HEAD says well enough. */
function betterTold(errors: readonly unknown[], at: number): unknown {
  const { name = '', reads } = operations[at] ?? {};
  const twin = { 'HEAD bucket': 'LIST objects', 'HEAD object': 'GET object' }[name];
  if (twin === undefined || errors[at] === undefined) return undefined;
  const told = errors[operations.findIndex((operation) => operation.name === twin)];
  const isAbsent = reads && statusOf(errors[at]) === 404 && !says(told, 'NoSuchBucket');
  return isAbsent ? undefined : told;
}

interface Trying {
  readonly key: string;
  readonly settings: EcsObjectStoreSettings;
  readonly client: S3Client;
}

async function trialOf(
  operation: Operation | undefined,
  error: unknown,
  { key, settings, client }: Trying,
): Promise<OperationTrial> {
  if (operation === undefined) throw new Error('more errors than operations');
  const signature = settings.signatureMode === 'sigv4' ? 'V4' : operation.signature;
  const signed = { operation: operation.name, signature };
  if (error === undefined) return { ...signed, result: 'ok', detail: 'works' };
  // The signature was taken; an operation before it did not leave what it looks for.
  if (operation.reads && says(error, 'NoSuchKey', 'NotFound'))
    return { ...signed, result: 'ok', detail: 'is taken; there was nothing to do it with' };
  const otherwise = (mode: SignatureMode): Promise<void> => runOtherwise(operation, `${key}-other`, settings, mode);
  const { what, remedy } = await explainRefusal(error, { settings, client, otherwise });
  return { ...signed, result: operation.optional ? 'warn' : 'fail', detail: what, remedy };
}

/** Does the same once more, signed as the other mode would; what it needs is there, and nothing stays. */
async function runOtherwise(
  operation: Operation,
  key: string,
  settings: EcsObjectStoreSettings,
  signatureMode: SignatureMode,
): Promise<void> {
  const clients = [createClient({ ...settings, signatureMode }), createClient(settings)] as const;
  const [other, own] = clients.map((client) => createRequests(client, settings.bucket)) as [Requests, Requests];
  try {
    if (operation.reads) await Promise.any([other, own].map((requests) => putObject(requests, key, TEXT, settings)));
    await operation.run(other, key, settings);
  } finally {
    const left = [key, `${key}-copy`].map((Key) => new DeleteObjectCommand({ Bucket: settings.bucket, Key }));
    await Promise.allSettled(left.flatMap((command) => [other.send(command), own.send(command)]));
    for (const client of clients) client.destroy();
  }
}

async function readBack({ send, bucket }: Requests, key: string): Promise<void> {
  const answer = await send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const { body } = await readObject(key, answer);
  if (body !== TEXT) throw new NotS3Error('another text than was written');
}
