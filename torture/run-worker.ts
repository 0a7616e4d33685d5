import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** Workers run from source, as the tests do; Node strips the types. */
const flags = ['--conditions=@live-mem/source', '--experimental-strip-types', '--no-warnings'];

export interface Worked {
  /** What the worker told before it ended. */
  readonly told: readonly string[];
  /** It came to its end by itself. */
  readonly finished: boolean;
}

/** Runs a worker; ends it at once, as a crash does, when it has told so many lines. */
export async function runWorker(args: readonly string[], killAfter = Number.POSITIVE_INFINITY): Promise<Worked> {
  const worker = spawn(process.execPath, [...flags, fileURLToPath(new URL('worker.ts', import.meta.url)), ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const closed = once(worker, 'close');
  const told: string[] = [];
  let complaint = '';
  worker.stderr?.on('data', (text: unknown) => (complaint += String(text)));
  const lines = createInterface({ input: worker.stdio[3] as Readable });
  lines.on('line', (line) => {
    told.push(line);
    if (told.length === killAfter) worker.kill('SIGKILL');
  });
  await Promise.all([closed, once(lines, 'close')]);
  if (worker.signalCode === null && worker.exitCode !== 0) throw new Error(`the worker failed: ${complaint}`);
  return { told, finished: told.at(-1) === 'end' };
}
