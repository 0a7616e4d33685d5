/** Lets requests through in waves, and counts the waves. */
export interface Rounds {
  /** Resolves when the wave goes that the caller has just joined. */
  next(): Promise<void>;
  count(): number;
  reset(): void;
}

/** @param flush calls its argument once nobody who can join the wave is left */
export function createRounds(flush: (run: () => void) => void): Rounds {
  let waiting: (() => void)[] = [];
  let gone = 0;

  function go(): void {
    const wave = waiting;
    waiting = [];
    for (const letThrough of wave) letThrough();
  }

  return {
    next: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (waiting.length > 1) return;
        gone += 1;
        flush(go);
      }),
    count: () => gone,
    reset: () => {
      gone = 0;
    },
  };
}
