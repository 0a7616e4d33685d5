import { createInterface, type Interface } from 'node:readline';
import { Readable } from 'node:stream';
import { callbackify } from 'node:util';
import type { Command } from 'commander';
import { parseArgsStringToArgv } from 'string-argv';
import { CommandError } from '../command-error.ts';
import { completeWords } from '../completion/complete-words.ts';
import { exitCodes } from '../exit-codes.ts';
import { fail } from '../fail.ts';
import type { Interruption, Io } from '../io.ts';
import { openPage } from '../page.ts';
import type { Session } from '../session.ts';
import type { RunCommand } from './run-command.ts';
import { isSecretLine, openShellHistory, type ShellHistory } from './shell-history.ts';

/**
 * Reads commands, one a line, and runs each as the command line would, over one memory that stays open. An error ends the command, not
 * the shell; Ctrl-C too.
 * @returns the exit code: of a terminal 0, else that of the last command that failed
 */
export async function runShell(session: Session, program: Command, runCommand: RunCommand): Promise<number> {
  const { io } = session;
  const history = io.stdinIsTerminal ? await openShellHistory(io.variables) : undefined;
  const shell = new Shell({ session, program, runCommand, history });
  const failed = await shell.run();
  return io.stdinIsTerminal ? exitCodes.ok : failed;
}

type Completed = (error: Error | null, result: [string[], string]) => void;

interface ShellParts {
  readonly session: Session;
  /** The command with all its commands: what completion goes by. */
  readonly program: Command;
  readonly runCommand: RunCommand;
  /** Of a terminal. */
  readonly history: ShellHistory | undefined;
}

class Shell {
  readonly #session: Session;
  readonly #program: Command;
  readonly #runCommand: RunCommand;
  readonly #history: ShellHistory | undefined;
  readonly #lines: Interface;
  /** Called when the user interrupts the command that runs. */
  readonly #interrupts = new Set<(signal: Interruption) => void>();
  #lastFailure: number = exitCodes.ok;
  #kept: readonly string[];
  /** A command runs: it has the terminal. */
  #isBusy = false;
  /** The process was asked to end, not the command alone. */
  #isEnding = false;
  #isClosed = false;

  constructor({ session, program, runCommand, history }: ShellParts) {
    const { io } = session;
    this.#session = session;
    this.#program = program;
    this.#runCommand = runCommand;
    this.#history = history;
    this.#kept = history?.lines ?? [];
    const onScreen = { output: io.screen, terminal: true, history: [...this.#kept], removeHistoryDuplicates: true };
    this.#lines = createInterface({
      input: history ? io.keyboard : Readable.from(io.stdin),
      ...(history ? onScreen : {}),
      completer: (line: string, done: Completed) => callbackify((typed: string) => this.#complete(typed))(line, done),
      prompt: openPage(io, io.stdout).paint.name('live-mem> '),
    });
  }

  async run(): Promise<number> {
    const { io } = this.#session;
    if (this.#history) this.#greet();
    this.#lines.on('history', (lines: string[]) => this.#keep(lines));
    this.#lines.on('SIGINT', () => this.#interrupt());
    this.#lines.once('close', () => (this.#isClosed = true));
    this.#prompt();
    for await (const line of this.#lines) {
      if (/^\s*(?:exit|quit)\s*$/.test(line)) break;
      await this.#take(line);
      if (this.#isEnding) break;
      this.#prompt();
    }
    this.#lines.close();
    if (this.#history && io.stdout.isTerminal) io.stdout.write('\n');
    await this.#history?.save(this.#kept);
    return this.#lastFailure;
  }

  #greet(): void {
    const { io } = this.#session;
    const { paint } = openPage(io, io.stdout);
    io.stdout.write(`${paint.dim('Commands as on the command line; Tab completes, help explains, exit ends.')}\n`);
  }

  #prompt(): void {
    if (this.#history && !this.#isClosed) this.#lines.prompt();
  }

  /** What was typed last is the first. Answers to a question are no commands. */
  #keep(lines: string[]): void {
    if (this.#isBusy || isSecretLine(lines[0] ?? '')) lines.shift();
    this.#kept = [...lines];
  }

  async #take(line: string): Promise<void> {
    const words = /^\s*#/.test(line) ? [] : wordsOf(line);
    if (words.length === 0) return;
    this.#isBusy = true;
    const code = isQuoted(line) ? await this.#runWords(words) : await fail(this.#session, openQuote());
    this.#isBusy = false;
    if (code !== exitCodes.ok) this.#lastFailure = code;
  }

  #runWords(words: readonly string[]): Promise<number> {
    const asked = words[0] === 'help' ? [...words.slice(1), '--help'] : words;
    return this.#runCommand(this.#session.json ? ['--json', ...asked] : asked, this.#io(), this.#session);
  }

  /** What a command sees of the process: the shell has the terminal. */
  #io(): Io {
    const { io } = this.#session;
    return {
      ...io,
      stdin: noStdin,
      onInterrupt: (listener) => {
        this.#interrupts.add(listener);
        // A signal, which no terminal made a key of, is for the shell as well: a script ends with it.
        const forget = io.onInterrupt((signal) => {
          this.#isEnding = true;
          listener(signal);
        });
        return () => {
          forget();
          this.#interrupts.delete(listener);
        };
      },
      ask: (question) => this.#ask(question),
    };
  }

  #ask(question: string): Promise<string | undefined> {
    return new Promise((answered) => {
      const give = (answer?: string): void => {
        this.#interrupts.delete(giveUp);
        this.#lines.off('close', giveUp);
        answered(answer);
      };
      const asking = new AbortController();
      const giveUp = (): void => {
        // Else the next line would be taken for the answer.
        asking.abort();
        this.#session.io.screen.write('\n');
        give();
      };
      this.#interrupts.add(giveUp);
      this.#lines.once('close', giveUp);
      this.#lines.question(question, { signal: asking.signal }, give);
    });
  }

  #interrupt(): void {
    const running = [...this.#interrupts];
    this.#interrupts.clear();
    for (const listener of running) listener('SIGINT');
    if (this.#isBusy) return;
    this.#session.io.stdout.write('\n');
    // Whatever was typed is given up, as in other shells.
    this.#lines.write(null, { ctrl: true, name: 'u' });
    this.#lines.prompt();
  }

  async #complete(line: string): Promise<[string[], string]> {
    const words = [...wordsOf(line), ...(/\s$/.test(line) || line === '' ? [''] : [])];
    const typed = words.at(-1) ?? '';
    const own = words.length === 1 ? ['help', 'exit'].filter((name) => name.startsWith(typed)) : [];
    const names = [...(await completeWords(this.#program, this.#session, words)), ...own];
    // The only one there is, is whole: what comes next is another word.
    return [names.length === 1 ? [`${names[0]} `] : names, typed];
  }
}

function wordsOf(line: string): string[] {
  const words = parseArgsStringToArgv(line);
  return words[0] === 'live-mem' ? words.slice(1) : words;
}

/** Whether every quote is closed: else a `don't` would swallow the rest of the line, and a note would lose it. */
function isQuoted(line: string): boolean {
  return !/["']/.test(line.replaceAll(/"[^"]*"|'[^']*'/g, ''));
}

function openQuote(): CommandError {
  return new CommandError('USAGE', `a quote is not closed: put a text that holds ' between ", and the other way round`);
}

const noStdin: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({
    next: () =>
      Promise.reject(new CommandError('USAGE', 'the shell reads its own lines: give the text, or --file PATH')),
  }),
};
