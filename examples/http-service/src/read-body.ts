import type { IncomingMessage } from 'node:http';
import { InvalidInputError, TooLargeError } from '@live-mem/core';

/** Bytes. A note has at most 100,000 characters, rules 50,000. */
const MOST = 1_000_000;

/**
 * The body of a request as JSON; undefined where it is empty. One that is too large is read to its end, and not kept: a connection that is
 * cut off while the caller still sends would lose the answer.
 * @throws {@link TooLargeError} {@link InvalidInputError}
 */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MOST) chunks.push(chunk);
  }
  if (size > MOST) throw new TooLargeError(`a body has at most ${MOST} bytes`);
  if (size === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw new InvalidInputError([{ at: 'body', message: 'is no JSON' }], { cause });
  }
}
