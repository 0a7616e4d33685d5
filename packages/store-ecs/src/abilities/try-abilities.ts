import { randomBytes } from 'node:crypto';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { type ObjectKey, type Version, WriteConflictError } from '@live-mem/core/store';
import { copyObject } from '../copy-object.ts';
import { says, statusOf } from '../failures.ts';
import { type Encryption, putObject, putObjectIf, type SentCondition, sentCondition } from '../put-object.ts';
import type { Requests } from '../requests.ts';
import { type Abilities, type TagForm, unable } from './abilities.ts';

/** Where what the adapter keeps for itself is. */
export const OWN_PREFIX = '_system/abilities/';

const RACERS = 8;

/**
 * Tries what a store can do, with objects of its own that are deleted afterwards. Some twenty PUTs, 1 COPY and 3 DELETEs, in
 * 8 to 11 round trips.
 */
export async function tryAbilities(requests: Requests, encryption: Encryption): Promise<Abilities> {
  const name = `${OWN_PREFIX}try-${randomBytes(8).toString('hex')}`;
  const keys = { race: `${name}-race`, swap: `${name}-swap`, copy: `${name}-copy` };
  const write: Write = (key, body, condition) =>
    condition === undefined
      ? putObject(requests, key, body, encryption)
      : putObjectIf(requests, key, body, encryption, condition);
  try {
    const stale = await write(keys.swap, 'first').catch((error: unknown) => {
      // Whoever may only read needs none of them.
      if (says(error, 'AccessDenied')) return undefined;
      throw error;
    });
    if (stale === undefined) return unable;
    const [createIfAbsent, compareAndSwap] = await Promise.all([
      isAtomic(write, keys.race, { IfNoneMatch: '*' }),
      trySwap(write, keys.swap, stale),
    ]);
    const serverSideCopy = await tryCopy(requests, keys, encryption);
    return { createIfAbsent, compareAndSwap, serverSideCopy };
  } finally {
    const { send, bucket } = requests;
    // What stays is named so that anybody can delete it.
    await Promise.allSettled(Object.values(keys).map((Key) => send(new DeleteObjectCommand({ Bucket: bucket, Key }))));
  }
}

type Write = (key: ObjectKey, body: string, condition?: SentCondition) => Promise<Version>;

/** Lets eight write one key at once, all under one condition: exactly one may win. Some stores look first, and write later. */
async function isAtomic(write: Write, key: ObjectKey, condition: SentCondition): Promise<boolean> {
  const racers = Array.from({ length: RACERS }, (_, n) => isWritten(write(key, `${n}`, condition)));
  return (await Promise.all(racers)).filter(Boolean).length === 1;
}

/** The form in which `If-Match` works, if it works when eight write at once. */
async function trySwap(write: Write, key: ObjectKey, stale: Version): Promise<TagForm | undefined> {
  const form = await tryForms(write, key, stale);
  if (form === undefined) return undefined;
  const version = await write(key, 'before the race');
  return (await isAtomic(write, key, sentCondition({ version }, form))) ? form : undefined;
}

/** The first form that lets the right version pass, and keeps a wrong one out. */
async function tryForms(write: Write, key: ObjectKey, stale: Version): Promise<TagForm | undefined> {
  const forms: readonly TagForm[] = ['unquoted', 'quoted'];
  for (const form of forms) {
    const version = await write(key, `before ${form}`);
    const passes = await isWritten(write(key, `after ${form}`, sentCondition({ version }, form)));
    if (passes && !(await isWritten(write(key, 'stale', sentCondition({ version: stale }, form))))) return form;
  }
  return undefined;
}

/** Whatever a copy is refused for, a GET and a PUT do the same. */
async function tryCopy(
  requests: Requests,
  { swap, copy }: { readonly swap: ObjectKey; readonly copy: ObjectKey },
  encryption: Encryption,
): Promise<boolean> {
  try {
    return (await copyObject(requests, swap, copy, encryption)) !== undefined;
  } catch (error) {
    const status = statusOf(error) ?? 0;
    if ((status >= 400 && status < 500 && status !== 429) || status === 501) return false;
    throw error;
  }
}

/** @returns false where the condition kept it out, or the store does not take conditions at all */
async function isWritten(write: Promise<Version>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof WriteConflictError || isRefusal(error)) return false;
    throw error;
  }
}

/** It does not know the header. */
function isRefusal(error: unknown): boolean {
  return (
    [405, 501].includes(statusOf(error) ?? 0) || says(error, 'InvalidRequest', 'InvalidArgument', 'NotImplemented')
  );
}
