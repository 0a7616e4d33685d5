const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago a moment was, while that is easy to grasp; then its day. Both in milliseconds since the Unix epoch. */
export function ago(moment: number, now: number): string {
  const passed = now - moment;
  if (Number.isNaN(passed)) return '?';
  if (passed < -MINUTE || passed >= 7 * DAY) return new Date(moment).toISOString().slice(0, 10);
  if (passed < MINUTE) return 'just now';
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`;
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h ago`;
  const days = Math.floor(passed / DAY);
  return days === 1 ? 'a day ago' : `${days} days ago`;
}

/** Bytes, as people say them. */
export function bytes(size: number): string {
  if (size < 1024) return `${size} B`;
  if (size < 1024 * 1024) return `${(size / 1024).toFixed(1)} KiB`;
  return `${(size / 1024 / 1024).toFixed(1)} MiB`;
}

/** A number and the thing it counts. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
