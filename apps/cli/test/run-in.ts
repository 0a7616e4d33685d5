import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { jest } from '@jest/globals';
import type { Io } from '../src/io.ts';
import { runCli } from '../src/run-cli.ts';

// Every write is forced to the disk, which takes its time on a busy machine.
jest.setTimeout(60_000);

/** How one run of the command ended. */
interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface RunOptions {
  readonly stdin?: string | Uint8Array | AsyncIterable<Uint8Array>;
  readonly variables?: Readonly<Record<string, string>>;
  /** Answers to what the command asks, undefined for Ctrl-C; given, everything is a terminal. */
  readonly answers?: readonly (string | undefined)[];
  /** Everything is a terminal. */
  readonly terminal?: boolean;
  /** Called with what interrupts the command. */
  readonly interrupted?: (interrupt: () => void) => void;
  /** What is typed into the shell, and what it shows. */
  readonly keyboard?: NodeJS.ReadableStream;
  readonly screen?: NodeJS.WritableStream;
}

/** A folder of its own to run commands in, within this process. */
export interface Place {
  readonly folder: string;
  /** @param line words of the command line, parted by spaces; or a list of words */
  readonly run: (line: string | readonly string[], options?: RunOptions) => Promise<Ended>;
  /** As `run`, with `--json`: the one JSON document that was printed. */
  readonly json: (
    line: string | readonly string[],
    options?: RunOptions,
  ) => Promise<{ code: number; answer: Record<string, unknown> }>;
  readonly remove: () => Promise<void>;
}

export async function openPlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'live-mem-cli-'));
  async function run(line: string | readonly string[], options: RunOptions = {}): Promise<Ended> {
    const printed = { out: '', err: '' };
    const words = typeof line === 'string' ? line.split(' ') : line;
    const code = await runCli(words, ioIn(folder, printed, options));
    return { code, ...printed };
  }
  return {
    folder,
    run,
    async json(line, options) {
      const words = typeof line === 'string' ? line.split(' ') : line;
      const { code, out } = await run([...words, '--json'], options);
      return { code, answer: JSON.parse(out) as Record<string, unknown> };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function ioIn(folder: string, printed: { out: string; err: string }, options: RunOptions): Io {
  const { stdin, variables = {}, answers, interrupted } = options;
  const isTerminal = options.terminal ?? answers !== undefined;
  const waiting = [...(answers ?? [])];
  const output = (name: 'out' | 'err') => ({
    isTerminal,
    columns: 80,
    write: (text: string) => void (printed[name] += text),
  });
  return {
    stdin: streamOf(stdin ?? ''),
    stdinIsTerminal: isTerminal && stdin === undefined,
    keyboard: options.keyboard ?? new PassThrough(),
    screen: options.screen ?? new PassThrough(),
    stdout: output('out'),
    stderr: output('err'),
    variables: { LIVE_MEM_AGENT: 'ann', ...variables },
    folder,
    now: Date.now,
    onInterrupt(listener) {
      interrupted?.(() => listener('SIGINT'));
      return () => undefined;
    },
    async ask(question) {
      printed.err += question;
      return waiting.shift();
    },
  };
}

async function* streamOf(content: NonNullable<RunOptions['stdin']>): AsyncGenerator<Uint8Array> {
  if (typeof content === 'object' && Symbol.asyncIterator in content) yield* content;
  else yield typeof content === 'string' ? Buffer.from(content) : content;
}
