import type { LiveMemoryError } from '../errors.ts';
import type { ListedEntry, ObjectStore } from '../ports/object-store.ts';

/** The part of a test framework that a contract needs; Jest and Vitest fit as they are. */
export interface Runner {
  /**
   * Declares a case.
   * @param timeout milliseconds
   */
  readonly it: (name: string, run: () => Promise<void>, timeout?: number) => void;
}

/** Opens the store under test; called by every case. */
export type OpenStore = () => Promise<ObjectStore>;

/** A place of its own for one case: a prefix that ends in a slash and that nobody used before. */
export function ownPlace(): string {
  return `contract/${Date.now().toString(36)}-${random()}/`;
}

function random(): string {
  return Math.random().toString(36).slice(2);
}

/** Everything a listing yields, as text: keys, and prefixes behind `>`. */
export async function listed(entries: AsyncIterable<ListedEntry>): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of entries) found.push('prefix' in entry ? `>${entry.prefix}` : entry.key);
  return found;
}

/** @throws {Error} the claim does not hold */
export function check(holds: boolean, claim: string): asserts holds {
  if (!holds) throw new Error(`broken promise: ${claim}`);
}

/**
 * Compares values that JSON can show.
 * @throws {Error} they differ; the message shows both
 */
export function same(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [show(actual), show(expected)];
  check(got === wanted, `${what}: expected ${cut(wanted)}, got ${cut(got)}`);
}

/**
 * What a promise rejects with, which must be one of `kinds`.
 * @throws {Error} it fulfils, or rejects with something else
 */
export async function rejection(
  promise: Promise<unknown>,
  kinds: readonly (abstract new (...parts: never[]) => LiveMemoryError)[],
  what: string,
): Promise<LiveMemoryError> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  const names = kinds.map(({ name }) => name).join(' or ');
  if (!('error' in outcome))
    throw new Error(`${what}: expected ${names}, but it was done: ${cut(show(outcome.value))}`);
  const { error } = outcome;
  for (const kind of kinds) if (error instanceof kind) return error;
  throw new Error(`${what}: expected ${names}, got ${String(error)}`, { cause: error });
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

function cut(text: string): string {
  return text.length > 400 ? `${text.slice(0, 400)}… (${text.length} characters)` : text;
}
