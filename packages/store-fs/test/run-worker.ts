import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach } from '@jest/globals';

/** The worker runs from source as the tests do; Node strips the types (of its own accord from 22.18 on). */
const execArgv = ['--conditions=@live-mem/source', '--experimental-strip-types', '--no-warnings'];

/**
 * Starts processes of tests that say when they are ready, and wait for their tasks; none outlives the test that started it, however
 * the test ends.
 * @param file the module that each runs
 */
export function workerStarter(file: URL): (options?: ForkOptions) => Promise<ChildProcess> {
  const started: ChildProcess[] = [];
  afterEach(async () => {
    await Promise.all(started.splice(0).map(kill));
  });
  return async (options = {}) => {
    const worker = fork(fileURLToPath(file), [], { execArgv, ...options });
    started.push(worker);
    await heard(worker);
    return worker;
  };
}

/** Tells a worker something and waits for what it says then. */
export async function ask(worker: ChildProcess, task: object | string): Promise<unknown> {
  const answer = heard(worker);
  worker.send(task);
  return answer;
}

/** Ends a worker at once, as a crash does, and waits until it is gone. */
export async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = once(worker, 'exit');
  worker.kill('SIGKILL');
  await gone;
}

async function heard(worker: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  try {
    const [message] = await Promise.race([
      once(worker, 'message', { signal: ended.signal }),
      once(worker, 'exit', { signal: ended.signal }).then(([code, signal]: unknown[]) => {
        throw new Error(`the worker ended early: ${String(code ?? signal)}`);
      }),
    ]);
    return message;
  } finally {
    ended.abort();
  }
}
