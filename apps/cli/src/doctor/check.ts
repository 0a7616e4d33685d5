/** One part that was tried. */
export interface Check {
  readonly part: string;
  readonly result: 'ok' | 'warn' | 'fail';
  readonly detail: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** A part that works. */
export function ok(part: string, detail: string): Check {
  return { part, result: 'ok', detail };
}

/** A part that works, with a restriction. */
export function warn(part: string, detail: string, remedy: string): Check {
  return { part, result: 'warn', detail, remedy };
}

/** A part that does not work. */
export function fail(part: string, detail: string, remedy: string): Check {
  return { part, result: 'fail', detail, remedy };
}
