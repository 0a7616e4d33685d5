import { type InputFault, InvalidInputError } from '../errors.ts';
import type { ObjectKey } from './object-store.ts';

/** Bytes of UTF-8 in a key at most (S3 limit). */
const KEY_BYTES = 1024;

/**
 * What every store asks of a key, before the request is made.
 * @throws {@link InvalidInputError} the key is empty, too long, starts with `/`, has a step `.` or `..` (HTTP clients and
 * folders resolve them, so they would name another object), or holds NUL or a lone surrogate
 */
export function checkObjectKey(key: ObjectKey): void {
  const message = keyFault(key);
  if (message !== undefined) refuse({ at: 'key', message: `${message}: ${JSON.stringify(key.slice(0, 80))}` });
}

/**
 * What every store asks of a body.
 * @throws {@link InvalidInputError} a lone surrogate: UTF-8 has no bytes for it, and replacing it would change the text
 */
export function checkObjectBody(body: string): void {
  if (!body.isWellFormed()) refuse({ at: 'body', message: 'must be Unicode text: it holds half of a surrogate pair' });
}

function keyFault(key: ObjectKey): string | undefined {
  if (key === '') return 'must not be empty';
  if (key.startsWith('/')) return 'must not start with a slash';
  if (key.split('/').some((step) => step === '.' || step === '..')) return 'must not have a step "." or ".."';
  if (key.includes('\0')) return 'must not hold NUL';
  if (!key.isWellFormed()) return 'must be Unicode text';
  if (new TextEncoder().encode(key).length > KEY_BYTES) return `must be at most ${KEY_BYTES} bytes of UTF-8`;
  return undefined;
}

function refuse(fault: InputFault): never {
  throw new InvalidInputError([fault]);
}
