import { UnreadableObjectError, WriteConflictError } from '../errors.ts';
import type { ObjectKey, ReadAnswer, StoredObject, Version, WriteCondition } from '../ports/object-store.ts';
import { sha256Hex } from '../text.ts';
import { type Copying, refuseCancelled } from './copying.ts';

/**
 * Copies one object and reads it back. Cost: 1 GET, 1 PUT, 1 GET, one after the other.
 * @throws {@link WriteConflictError} others write to the target
 * @throws {@link UnreadableObjectError} the target gives back another text than it was given
 */
export async function carryObject(copying: Copying, key: ObjectKey): Promise<void> {
  refuseCancelled(copying);
  const { from, listed, carried, unreadable } = copying;
  const [answer] = await from.getMany([key]);
  // It is gone since it was listed: the next listing says what became of it.
  if (!answer) return;
  if (answer instanceof UnreadableObjectError) {
    unreadable.add(key);
    carried.set(key, listed.get(key)?.version ?? '');
  } else {
    await writeAndVerify(copying, key, answer.body);
    unreadable.delete(key);
    carried.set(key, answer.version);
  }
  copying.tell();
}

async function writeAndVerify(copying: Copying, key: ObjectKey, body: string): Promise<void> {
  const sha256 = sha256Hex(body);
  const version = await write(copying, key, body);
  const [back] = await copying.to.getMany([key]);
  if (!isText(back) || sha256Hex(back.body) !== sha256) throw mismatch(key, back, version);
  copying.atTarget.set(key, back.version);
  copying.written.add(key);
}

/** @returns undefined: something else is there, or our own text from a try whose answer was lost; reading it back tells */
async function write({ to, able, atTarget }: Copying, key: ObjectKey, body: string): Promise<Version | undefined> {
  const known = atTarget.get(key);
  const only: WriteCondition = known === undefined ? { absent: true } : { version: known };
  const isAble = known === undefined ? able.createIfAbsent : able.compareAndSwap;
  try {
    return await to.put(key, body, isAble ? only : undefined);
  } catch (error) {
    if (error instanceof WriteConflictError) return undefined;
    throw error;
  }
}

/** Whether it is there and can be read. */
export function isText(answer: ReadAnswer): answer is StoredObject {
  return answer !== undefined && 'body' in answer;
}

function mismatch(key: ObjectKey, back: ReadAnswer, written: Version | undefined): Error {
  const isOurs = isText(back) && back.version === written;
  if (isOurs) return new UnreadableObjectError(key, 'the target gives back another text than it was given');
  if (back instanceof UnreadableObjectError && written !== undefined) return back;
  return new WriteConflictError(key, {}, `others write to the target: key=${key}; end them, then run the copy again`);
}
