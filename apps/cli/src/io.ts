import { isatty } from 'node:tty';

/** Where a command writes. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Characters in a line. */
  readonly columns: number;
}

/** Everything a command touches of the process it runs in. Tests give their own. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Somebody sits in front of stdin: nothing is piped in. */
  readonly stdinIsTerminal: boolean;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Where the command runs. */
  readonly folder: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Calls back once when the user interrupts (Ctrl-C). @returns what stops listening */
  readonly onInterrupt: (listener: () => void) => () => void;
  /** Asks whoever sits in front of the terminal. */
  readonly ask: (question: string) => Promise<string>;
}

/** The process itself. */
export function processIo(): Io {
  return {
    stdin: process.stdin,
    stdinIsTerminal: isatty(0),
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    variables: process.env,
    folder: process.cwd(),
    now: Date.now,
    onInterrupt(listener) {
      process.once('SIGINT', listener);
      return () => process.off('SIGINT', listener);
    },
    ask,
  };
}

function outputOf(stream: NodeJS.WriteStream & { readonly fd: number }): Output {
  // Whoever reads the output may stop early (`live-mem … | head`): that is no fault.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  return {
    write: (text) => void stream.write(text),
    isTerminal: isatty(stream.fd),
    get columns() {
      return stream.columns || 80;
    },
  };
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const dialogue = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await dialogue.question(question);
  } finally {
    dialogue.close();
  }
}
