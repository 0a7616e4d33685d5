import type { Caller, LiveMemory, Permission } from '@live-mem/core';

/** One request, once it is known who asks and that they may. */
interface Call {
  readonly memory: LiveMemory;
  readonly caller: Caller;
  /** From the path; empty where the path names none. */
  readonly space: string;
  /** The last part of the path, where it is a name: a document, the time of a backup, the hash of a token. */
  readonly name: string;
  /** The body as JSON; undefined where there is none. */
  readonly body: unknown;
  readonly query: URLSearchParams;
  /** What the caller calls this request: the same again does not write a second note. */
  readonly requestId: string | undefined;
  /** Aborts when the caller hangs up. */
  readonly signal: AbortSignal;
}

/** What a route answers: JSON, a document, or one line of JSON after another. */
export type Answer =
  | { readonly json: unknown; readonly status?: number }
  | { readonly markdown: string }
  | { readonly lines: AsyncIterable<unknown> };

/** One thing that callers can do. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With the groups `space` and `name`, where the path has them. */
  readonly path: RegExp;
  /** What the token must allow, in the space of the path; `bootstrap`: nothing but the key that makes the first administrator. */
  readonly permission: Permission | 'bootstrap';
  readonly answer: (call: Call) => Promise<Answer>;
}
