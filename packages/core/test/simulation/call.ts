import type { LiveMemory } from '@live-mem/core';

/** How a call ended: with an answer, an error, or with its server. */
export type Ending = { readonly value: unknown } | { readonly error: unknown } | 'crashed';

/** What a server is asked to do, and what is made of its answer. */
export interface Call {
  readonly name: string;
  readonly run: (memory: LiveMemory, server: string) => Promise<unknown>;
  /** Codes of errors that are right, besides those that any call may have. */
  readonly may?: readonly string[] | undefined;
  readonly ended: (ending: Ending) => void;
}

/** The answer, where there is one; what it is the call knows. */
export function valueOf(ending: Ending): unknown {
  return ending !== 'crashed' && 'value' in ending ? ending.value : undefined;
}
