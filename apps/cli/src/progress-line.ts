import type { ToolProgress } from '@live-mem/tools';
import type { Output } from './io.ts';
import type { Paint } from './paint.ts';

const BAR = 24;

/** Shows how far long work has come, in one line of a terminal that is taken away at the end. */
export interface ProgressLine {
  show(progress: ToolProgress): void;
  /** Takes the line away; what comes later is not shown. */
  clear(): void;
  /** What was shown last. */
  readonly last: ToolProgress | undefined;
}

/** What is done, for instance `Importing`, and with what. */
export interface Doing {
  readonly doing: string;
  /** `notes`, where it is not said. */
  readonly things?: string | undefined;
}

/** Begins a line that is not shown before there is progress. */
export function startProgress(
  output: Output,
  paint: Paint,
  { doing, things = 'notes' }: Doing,
  now: () => number,
): ProgressLine {
  let last: ToolProgress | undefined;
  let shownAt = Number.NEGATIVE_INFINITY;
  let closed = false;
  return {
    get last() {
      return last;
    },
    show(progress) {
      if (closed) return;
      last = progress;
      const finished = progress.done === progress.total;
      if (!output.isTerminal || progress.total === 0 || (!finished && now() - shownAt < 80)) return;
      shownAt = now();
      output.write(`\r\u001B[2K${lineOf(progress, paint, doing, things)}`);
    },
    clear() {
      closed = true;
      if (output.isTerminal && shownAt > 0) output.write('\r\u001B[2K');
    },
  };
}

function lineOf({ done, total }: ToolProgress, paint: Paint, doing: string, things: string): string {
  const full = Math.round((done / total) * BAR);
  const bar = paint.good('━'.repeat(full)) + paint.dim('━'.repeat(BAR - full));
  return `${doing} ${bar} ${done} of ${total} ${things}`;
}
