import type { Clock } from '../ports/clock.ts';

/** A clock that moves only when told to. */
export interface ManualClock extends Clock {
  readonly now: () => number;
  readonly monotonic: () => number;
  /** Lets time pass, on both faces of the clock. */
  readonly advance: (milliseconds: number) => void;
  /** Sets the wall clock, back or forth, as an administrator does; the monotonic face does not notice. */
  readonly set: (now: number) => void;
}

/**
 * A clock that stands still until it is set.
 * @param start milliseconds since the Unix epoch; 2026-01-02T03:04:05.000Z unless given
 */
export function createManualClock(start: number = Date.UTC(2026, 0, 2, 3, 4, 5)): ManualClock {
  let [now, monotonic] = [start, 0];
  return {
    now: () => now,
    monotonic: () => monotonic,
    advance(milliseconds) {
      if (!(milliseconds >= 0)) throw new RangeError(`time does not run backwards: ${milliseconds}`);
      now += milliseconds;
      monotonic += milliseconds;
    },
    set(time) {
      now = time;
    },
  };
}
