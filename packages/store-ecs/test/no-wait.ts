import { StandardRetryStrategy } from '@smithy/core/retry';

/** Three attempts, judged as the SDK judges errors, one right after the other: for tests that have no time to wait. */
export function noWait(): StandardRetryStrategy {
  return new StandardRetryStrategy({
    maxAttempts: 3,
    backoff: { computeNextBackoffDelay: () => 0, setDelayBase: () => undefined },
  });
}
