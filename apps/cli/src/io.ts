import { fstatSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { ask } from './ask.ts';
import { exitCodes } from './exit-codes.ts';

/** Where a command writes. */
export interface Output {
  write(text: string | Uint8Array): void;
  readonly isTerminal: boolean;
  /** Characters in a line. */
  readonly columns: number;
}

/** What ends a command before its time. */
export type Interruption = 'SIGINT' | 'SIGTERM';

/** Everything a command touches of the process it runs in. Tests give their own. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Somebody sits in front of stdin: nothing is piped in. */
  readonly stdinIsTerminal: boolean;
  readonly stdout: Output;
  /** The terminal, where the shell edits its lines. */
  readonly keyboard: NodeJS.ReadableStream;
  readonly screen: NodeJS.WritableStream;
  readonly stderr: Output;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Where the command runs. */
  readonly folder: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Calls back once when the user interrupts (Ctrl-C), or the system asks the process to end. @returns what stops listening */
  readonly onInterrupt: (listener: (signal: Interruption) => void) => () => void;
  /** Asks whoever sits in front of the terminal; undefined: Ctrl-C or Ctrl-D. */
  readonly ask: (question: string) => Promise<string | undefined>;
}

/** The process itself. */
export function processIo(): Io {
  return {
    stdin: process.stdin,
    stdinIsTerminal: isatty(0),
    stdout: outputOf(process.stdout),
    keyboard: process.stdin,
    screen: process.stdout,
    stderr: outputOf(process.stderr),
    variables: process.env,
    folder: process.cwd(),
    now: Date.now,
    onInterrupt(listener) {
      process.once('SIGINT', listener);
      process.once('SIGTERM', listener);
      return () => process.off('SIGINT', listener).off('SIGTERM', listener);
    },
    ask: (question) => ask(process.stdin, process.stderr, question),
  };
}

function outputOf(stream: NodeJS.WriteStream & { readonly fd: number }): Output {
  const isFile = fstatSync(stream.fd).isFile();
  stream.on('error', endWithout);
  return {
    write: (text) => (isFile ? writeWhole(stream.fd, text) : void stream.write(text)),
    isTerminal: isatty(stream.fd),
    get columns() {
      return stream.columns || 80;
    },
  };
}

/** On a disk that fills up, the system takes a part of a text; streams of Node to a file do not notice that the rest is lost. */
function writeWhole(file: number, text: string | Uint8Array): void {
  const bytes = Buffer.from(text);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  } catch (error) {
    endWithout(error as NodeJS.ErrnoException);
  }
}

/** There is no output to go on with. */
function endWithout({ code, name }: NodeJS.ErrnoException): never {
  // Whoever reads the output may stop early (`live-mem … | head`): that is no fault.
  if (code === 'EPIPE') process.exit();
  try {
    writeSync(2, `error: the output cannot be written (${code ?? name})\n`);
  } catch {
    // Then the exit code says it.
  }
  process.exit(exitCodes.fixSetup);
}
