import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import {
  checkObjectBody,
  checkObjectKey,
  type ObjectKey,
  type ObjectStore,
  type ReadAnswer,
  type StoredObject,
  type StoreProbe,
  StoreRefusedError,
  UnreadableObjectError,
  type Version,
  type WriteCondition,
  WriteConflictError,
} from '@live-mem/core/store';
import type { RetryStrategyV2 } from '@smithy/types';
import pLimit from 'p-limit';
import { createRememberedAbilities } from './abilities/remembered-abilities.ts';
import { checkNewKey } from './check-new-key.ts';
import { checkSettings } from './check-settings.ts';
import { createClient } from './client.ts';
import { copyObject } from './copy-object.ts';
import { says, storeError } from './failures.ts';
import { listObjects } from './list-objects.ts';
import { timeOfStore } from './probe-bucket.ts';
import { putObject, putObjectIf, sentCondition } from './put-object.ts';
import { readObject } from './read-object.ts';
import { createRequests } from './requests.ts';
import type { EcsObjectStoreSettings } from './settings.ts';
import { sideBySide } from './side-by-side.ts';

/** Requests of `getMany` and `deleteMany` under way at once, unless the settings say otherwise. */
const SIDE_BY_SIDE = 32;

/**
 * Keeps objects in an S3 bucket: on Dell ECS with its two signatures, on AWS, MinIO and Ceph with one. Makes no request before
 * the first call. Each call makes one request (`list`: one for every thousand entries), but the first conditional write and
 * the first {@link ObjectStore.probe} of a process: 1 more where another process tried the store's abilities within a week, some
 * thirty otherwise.
 * @throws {@link StoreRefusedError} the settings cannot work
 */
export function createEcsObjectStore(settings: EcsObjectStoreSettings): ObjectStore {
  return createStoreWith(settings);
}

/** With another way to try again, for tests that have no time to wait. */
export function createStoreWith(settings: EcsObjectStoreSettings, retryStrategy?: RetryStrategyV2): ObjectStore {
  checkSettings(settings);
  const { endpoint, bucket, concurrency = SIDE_BY_SIDE } = settings;
  const requests = createRequests(createClient(settings, retryStrategy), bucket);
  const abilities = createRememberedAbilities({ requests, encryption: settings, endpoint, now: Date.now });
  const many = pLimit(concurrency);

  async function get(key: ObjectKey): Promise<StoredObject | undefined> {
    checkObjectKey(key);
    try {
      return await readObject(key, await requests.send(new GetObjectCommand({ Bucket: bucket, Key: key })));
    } catch (error) {
      if (says(error, 'NoSuchKey')) return undefined;
      throw error;
    }
  }

  async function put(key: ObjectKey, body: string, only?: WriteCondition): Promise<Version> {
    checkNewKey(key);
    checkObjectBody(body);
    if (only === undefined) return putObject(requests, key, body, settings);
    // `*` means any version to S3, and nothing means no condition; no store gives such versions.
    if ('version' in only && /^\*?$/.test(only.version)) throw new WriteConflictError(key);
    const { createIfAbsent, compareAndSwap } = await abilities();
    const form = 'absent' in only && createIfAbsent ? 'unquoted' : compareAndSwap;
    if (form === undefined || ('absent' in only && !createIfAbsent)) {
      throw new StoreRefusedError('the store takes no conditional write from this key: see live-mem doctor');
    }
    return putObjectIf(requests, key, body, settings, sentCondition(only, form));
  }

  async function remove(key: ObjectKey): Promise<void> {
    checkObjectKey(key);
    await requests.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  }

  async function copy(from: ObjectKey, to: ObjectKey): Promise<Version | undefined> {
    checkObjectKey(from);
    checkNewKey(to);
    // A copy onto itself changes nothing, and S3 refuses it.
    if (from === to) return (await get(from))?.version;
    if ((await abilities()).serverSideCopy) return copyObject(requests, from, to, settings);
    const source = await get(from);
    return source && putObject(requests, to, source.body, settings);
  }

  async function probe(): Promise<StoreProbe> {
    // First the time: where the settings are wrong, one refusal tells it, and no more are asked for.
    const time = await timeOfStore(requests);
    const { createIfAbsent, compareAndSwap, serverSideCopy } = await abilities();
    const location = `bucket ${bucket} at ${new URL(endpoint).host}`;
    return { time, createIfAbsent, compareAndSwap: compareAndSwap !== undefined, serverSideCopy, location };
  }

  const removeInWords = (key: ObjectKey): Promise<void> => inWords('delete from', remove(key));
  return {
    get: (key) => inWords('read from', get(key)),
    getMany: (keys) => sideBySide(many, keys, (key) => inWords('read from', answerOf(get(key)))),
    put: (key, body, only) => inWords('write to', put(key, body, only)),
    delete: removeInWords,
    async deleteMany(keys) {
      await sideBySide(many, keys, removeInWords);
    },
    copy: (from, to) => inWords('copy within', copy(from, to)),
    async *list(prefix, options = {}) {
      try {
        yield* listObjects(requests, prefix, options);
      } catch (error) {
        throw storeError(error, 'list');
      }
    },
    probe: () => inWords('reach', probe()),
  };
}

async function inWords<Answer>(doing: string, asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    throw storeError(error, doing);
  }
}

async function answerOf(read: Promise<StoredObject | undefined>): Promise<ReadAnswer> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof UnreadableObjectError) return error;
    throw error;
  }
}
