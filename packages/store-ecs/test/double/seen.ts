import type { IncomingHttpHeaders } from 'node:http';
import type { Operation } from './operation.ts';

/** One request, as it came. */
export interface SeenRequest {
  readonly operation: Operation;
  /** The kind it claims, right or wrong. */
  readonly signature: 'V2' | 'V4' | 'none';
  readonly method: string;
  /** As on the request line. */
  readonly url: string;
  /** Decoded; undefined where the request names none. */
  readonly key: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** Number of this request since the double was started, from 1. */
  readonly n: number;
}

/** A request with the status it was answered; undefined: none, or none yet. */
export type SeenEntry = SeenRequest & { readonly status: number | undefined };

/** One request under way. */
export interface Visit {
  readonly request: SeenRequest;
  answered(status: number): void;
  left(): void;
}

/** Keeps the book of requests. */
export interface SeenRequests {
  readonly entries: readonly SeenEntry[];
  readonly mostAtOnce: number;
  forget(): void;
  arrived(request: Omit<SeenRequest, 'n'>): Visit;
}

/** An empty book. */
export function seenRequests(): SeenRequests {
  const entries: { -readonly [Name in keyof SeenEntry]: SeenEntry[Name] }[] = [];
  let [n, atOnce, mostAtOnce] = [0, 0, 0];
  return {
    entries,
    get mostAtOnce() {
      return mostAtOnce;
    },
    forget() {
      entries.length = 0;
      mostAtOnce = atOnce;
    },
    arrived(seen) {
      n += 1;
      atOnce += 1;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
      const entry = { ...seen, n, status: undefined as number | undefined };
      entries.push(entry);
      const left = () => {
        atOnce -= 1;
      };
      return { request: entry, answered: (status) => void (entry.status = status), left };
    },
  };
}
