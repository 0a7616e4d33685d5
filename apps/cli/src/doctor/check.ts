/** One part that was tried. */
export interface Check {
  readonly part: string;
  readonly result: 'ok' | 'warn' | 'fail';
  readonly detail: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** Something that is stored is at fault, not the setup. */
  readonly damaged?: true;
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

/** Something that is stored and cannot be read. */
export function damage(part: string, detail: string, remedy: string): Check {
  return { part, result: 'fail', detail, remedy, damaged: true };
}

const NAMED = 20;

/** Names one after the other; of very many, the first. */
export function named(names: readonly string[]): string {
  const more = names.length - NAMED;
  return more > 0 ? `${names.slice(0, NAMED).join(', ')} and ${more} more` : names.join(', ');
}
