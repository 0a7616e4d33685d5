import type { S3Client } from '@aws-sdk/client-s3';
import { isRefusedClearly } from './failures.ts';

/** What {@link noteUnclearAttempts} adds to an error. */
interface Noted {
  unclearBefore?: boolean;
}

const unclear = Symbol('an attempt before had no clear answer');

/** Makes the client tell of an error whether an attempt of the same call before it may have taken effect. */
export function noteUnclearAttempts(client: S3Client): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const call = context as { [unclear]?: boolean };
      try {
        return await next(args);
      } catch (thrown) {
        const error: Error & Noted = ofThisRealm(thrown);
        if (call[unclear]) error.unclearBefore = true;
        if (!isRefusedClearly(error)) call[unclear] = true;
        throw error;
      }
    },
    // Inside the retries: one call here is one attempt.
    { name: 'noteUnclearAttempts', step: 'finalizeRequest', priority: 'low' },
  );
}

/** Of an error of Node from another realm (worker contexts, test frameworks) the SDK would keep nothing but its words. */
function ofThisRealm(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  const { name, message, code } = thrown as NodeJS.ErrnoException;
  return Object.assign(new Error(message, { cause: thrown }), { name, code });
}

/** Whether an attempt before the one that failed may have taken effect. */
export function isAfterUnclearAttempt(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as Noted).unclearBefore === true;
}
