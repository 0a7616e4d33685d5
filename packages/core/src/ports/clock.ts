/** Two ways to tell time, both in milliseconds. Tests set them by hand. */
export interface Clock {
  /** Since the Unix epoch; may jump when the machine's clock is set. */
  now(): number;
  /** Since some moment in the past; never goes back. Measures how long something took. */
  monotonic(): number;
}
