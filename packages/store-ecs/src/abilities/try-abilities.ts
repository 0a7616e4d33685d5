import { randomBytes } from 'node:crypto';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { type ObjectKey, type Version, WriteConflictError } from '@live-mem/core/store';
import { copyObject } from '../copy-object.ts';
import { statusOf } from '../failures.ts';
import { type Encryption, putObject, putObjectIf, type SentCondition, sentCondition } from '../put-object.ts';
import type { Requests } from '../requests.ts';
import type { Abilities, TagForm } from './abilities.ts';

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
    const [createIfAbsent, compareAndSwap] = await Promise.all([
      isAtomic(write, keys.race, { IfNoneMatch: '*' }),
      trySwap(write, keys.swap),
    ]);
    const serverSideCopy = await tryCopy(requests, keys.swap, keys.copy);
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
async function trySwap(write: Write, key: ObjectKey): Promise<TagForm | undefined> {
  const form = await tryForms(write, key);
  if (form === undefined) return undefined;
  const version = await write(key, 'before the race');
  return (await isAtomic(write, key, sentCondition({ version }, form))) ? form : undefined;
}

/** The first form that lets the right version pass, and keeps a wrong one out. */
async function tryForms(write: Write, key: ObjectKey): Promise<TagForm | undefined> {
  const stale = await write(key, 'first');
  const forms: readonly TagForm[] = ['unquoted', 'quoted'];
  for (const form of forms) {
    const version = await write(key, `before ${form}`);
    const passes = await isWritten(write(key, `after ${form}`, sentCondition({ version }, form)));
    if (passes && !(await isWritten(write(key, 'stale', sentCondition({ version: stale }, form))))) return form;
  }
  return undefined;
}

async function tryCopy(requests: Requests, from: ObjectKey, to: ObjectKey): Promise<boolean> {
  try {
    return (await copyObject(requests, from, to)) !== undefined;
  } catch (error) {
    if (isRefusal(error)) return false;
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

/** It does not know the header, or the operation. */
function isRefusal(error: unknown): boolean {
  return [400, 405, 501].includes(statusOf(error) ?? 0);
}
