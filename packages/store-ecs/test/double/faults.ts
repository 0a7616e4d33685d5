import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, emptyAnswer, errorAnswer } from './answer.ts';

/** What goes wrong with one request. */
export type Fault =
  | {
      readonly do: 'answer';
      readonly status: number;
      readonly code: string;
      readonly headers?: Readonly<Record<string, string>>;
      /** The effect of the request takes place first. */
      readonly afterEffect?: boolean;
      /** Without the document that names the code. */
      readonly bare?: boolean;
    }
  /** The connection is reset, without effect or after it: then only the answer is lost. */
  | { readonly do: 'reset'; readonly when: 'before' | 'after' }
  /** After the effect: headers, half of the body, and then a reset. An answer without body arrives whole. */
  | { readonly do: 'cut body' }
  /** No effect, and no answer until the connection or the double is closed. */
  | { readonly do: 'hang' }
  /** The effect takes place at once, the answer comes later. */
  | { readonly do: 'slow'; readonly milliseconds: number }
  /** A page of at most so many entries that says that there is more; no fault of other operations. */
  | { readonly do: 'truncate listing'; readonly entries: number };

/** The way back to whoever sent the request. */
export interface WayBack {
  send(answer: Answer): void;
  /** Sends half of the body and resets. */
  cut(answer: Answer): void;
  reset(): void;
  /** Tells that the double is closed. */
  readonly closing: AbortSignal;
}

/** Lets one request take effect and answers it, as well as the fault lets it. */
export async function answerWith(
  fault: Fault | undefined,
  back: WayBack,
  effect: (entries?: number) => Answer,
): Promise<void> {
  switch (fault?.do) {
    case undefined:
      return back.send(effect());
    case 'answer':
      if (fault.afterEffect) effect();
      return back.send(faultyAnswer(fault));
    case 'reset':
      if (fault.when === 'after') effect();
      return back.reset();
    case 'cut body':
      return back.cut(effect());
    case 'hang':
      return;
    case 'slow': {
      const answer = effect();
      const waited = await wait(fault.milliseconds, true, { signal: back.closing }).catch(() => false);
      return waited ? back.send(answer) : undefined;
    }
    case 'truncate listing':
      return back.send(effect(fault.entries));
  }
}

function faultyAnswer({ status, code, headers = {}, bare = false }: Fault & { readonly do: 'answer' }): Answer {
  if (bare) return emptyAnswer(status, headers);
  return errorAnswer({ status, code, message: 'The double was told to answer this.', details: {} }, headers);
}
