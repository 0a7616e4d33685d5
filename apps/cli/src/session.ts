import type { Tool, ToolAnswer, ToolContext } from '@live-mem/tools';
import type { AppLogger, Composition, Settings } from '@live-mem/wiring';
import { CANCELLED, CommandError } from './command-error.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { openPage, type Page } from './page.ts';
import { type Doing, startProgress } from './progress-line.ts';
import { warningWords } from './warning-words.ts';

/** One tool out of those there are. */
type ChooseTool<Input, Output extends ToolAnswer> = (
  tools: Composition['tools'],
) => Tool<Input, Output> | Promise<Tool<Input, Output>>;

/** A call of a tool, and how its answer is shown. */
export interface Request<Input, Output extends ToolAnswer> {
  readonly tool: ChooseTool<Input, Output>;
  readonly input: Input;
  readonly show: (answer: Output, page: Page) => string;
  /** Whose name notes and changes bear; absent: that of the settings. */
  readonly agent?: string | undefined;
  /** What is shown is a stored text: where no terminal shows it, it is passed on byte for byte, without a line end of ours. */
  readonly verbatim?: true | undefined;
  /** The work may take long: what is done meanwhile, for instance `Importing`. */
  readonly doing?: string | undefined;
  /** What is counted meanwhile; `notes`, where it is not said. */
  readonly things?: string | undefined;
  /** The work heeds no signal but can be broken off anywhere, to go on later: it ends when it next tells how far it has come. */
  readonly breakable?: true | undefined;
  /** What to say when it was interrupted before there was an answer: what stays, and how to go on. */
  readonly stopped?: ((done: number) => string) | undefined;
}

/** One run of the command: where it reads and writes, and what it ends with. */
export class Session {
  readonly io: Io;
  /** Answers are JSON. */
  readonly json: boolean;
  exitCode: number = exitCodes.ok;
  #composition: Promise<Composition> | undefined;
  #settings: Promise<Settings> | undefined;
  #logger: Promise<AppLogger> | undefined;

  readonly #shared: Session | undefined;

  /** @param shared whose memory is used, instead of opening another */
  constructor(io: Io, json: boolean, shared?: Session) {
    this.io = io;
    this.json = json;
    this.#shared = shared;
  }

  /** Whether this is a command of a shell. */
  get isShared(): boolean {
    return this.#shared !== undefined;
  }

  /** The memory that the settings name. Loaded when it is needed: `--help` needs none of it. */
  open(): Promise<Composition> {
    return this.#shared?.open() ?? (this.#composition ??= this.#compose());
  }

  /** Where warnings go, and errors that nobody expected: lines of JSON where LIVE_MEM_LOG asks for a log, else plain words. */
  logger(): Promise<AppLogger> {
    return (this.#logger ??= this.#openLogger());
  }

  async #compose(): Promise<Composition> {
    const { compose } = await import('@live-mem/wiring');
    return compose(await this.#readSettings(), { logger: await this.logger() });
  }

  #readSettings(): Promise<Settings> {
    const { variables, folder } = this.io;
    return (this.#settings ??= import('@live-mem/wiring').then(async ({ readEnvironment, readSettings }) =>
      readSettings(await readEnvironment(variables, folder)),
    ));
  }

  async #openLogger(): Promise<AppLogger> {
    const { createLogger, createPlainLogger } = await import('@live-mem/wiring');
    const write = (line: string): void => this.io.stderr.write(line);
    // Wrong settings are told as such by whoever needs them.
    const asked = await this.#readSettings().then(
      ({ log }) => log,
      () => undefined,
    );
    return asked === undefined ? createPlainLogger(write, warningWords) : createLogger(asked, write);
  }

  /** Calls a tool and shows its answer. */
  async answer<Input, Output extends ToolAnswer>(request: Request<Input, Output>): Promise<void> {
    this.print(await this.call(request), request.show, request.verbatim);
  }

  /** As {@link answer}, where the tool changes nothing unless the user confirms it. */
  async answerConfirmed<Input, Output extends ToolAnswer>(
    request: (confirm: boolean) => Request<Input, Output>,
    yes: boolean,
  ): Promise<void> {
    await this.answer(request(yes || (await this.#confirmed(request(false)))));
  }

  /** Calls a tool, following the work and ending it when the user interrupts. */
  async call<Input, Output extends ToolAnswer>(request: Request<Input, Output>): Promise<Output> {
    const { memory, tools, settings } = await this.open();
    const tool = await request.tool(tools);
    const { ownerCaller } = await import('@live-mem/core');
    const caller = ownerCaller(request.agent ?? settings.agent);
    if (request.doing === undefined) return tool.call(memory, request.input, { caller });
    const { doing, things, stopped } = request;
    return this.follow({ doing, things }, stopped, (context) =>
      tool.call(memory, request.input, { caller, ...(request.breakable ? breakable(context) : context) }),
    );
  }

  /** Shows an answer, as JSON or for people. */
  print<Answer extends ToolAnswer>(
    answer: Answer,
    show: (answer: Answer, page: Page) => string,
    verbatim = false,
  ): void {
    const { stdout } = this.io;
    const text = this.json ? JSON.stringify(answer, null, 2) : show(answer, openPage(this.io, stdout));
    const isWhole = text === '' || text.endsWith('\n') || (verbatim && !this.json && !stdout.isTerminal);
    stdout.write(isWhole ? text : `${text}\n`);
    if (this.exitCode === exitCodes.ok) this.exitCode = exitCodeOf(answer);
  }

  /** Does long work, showing how far it has come, and ending it when the user interrupts. */
  async follow<Output>(
    doing: Doing,
    stopped: ((done: number) => string) | undefined,
    work: (context: Omit<ToolContext, 'caller'>) => Promise<Output>,
  ): Promise<Output> {
    const { io } = this;
    const progress = startProgress(io.stderr, openPage(io, io.stderr).paint, doing, io.now);
    const interruption = new AbortController();
    const forget = io.onInterrupt((signal) => {
      this.exitCode = signal === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted;
      interruption.abort();
    });
    try {
      return await work({ signal: interruption.signal, onProgress: (now) => progress.show(now) });
    } catch (error) {
      if (!interruption.signal.aborted || stopped === undefined) throw error;
      throw new CommandError(CANCELLED, stopped(progress.last?.done ?? 0), { cause: error });
    } finally {
      forget();
      progress.clear();
    }
  }

  async #confirmed<Input, Output extends ToolAnswer>(request: Request<Input, Output>): Promise<boolean> {
    try {
      await this.call(request);
    } catch (error) {
      const { ConfirmationNeededError } = await import('@live-mem/tools');
      if (!(error instanceof ConfirmationNeededError)) throw error;
      if (this.json || !this.io.stdinIsTerminal || !this.io.stderr.isTerminal) {
        throw new CommandError(error.code, `nothing was changed. ${error.effect}; add --yes to do it`, {
          cause: error,
        });
      }
      const { prose } = openPage(this.io, this.io.stderr);
      const answer = await this.io.ask(`${prose(`${error.effect}. Do it? [y/N]`)} `);
      if (answer === undefined) throw new CommandError(CANCELLED, 'interrupted: nothing was changed', { cause: error });
      if (/^y(es)?$/i.test(answer.trim())) return true;
      throw new CommandError(error.code, 'nothing was changed', { cause: error });
    }
    return false;
  }
}

function breakable({ signal, onProgress, ...context }: Omit<ToolContext, 'caller'>): Omit<ToolContext, 'caller'> {
  return {
    ...context,
    onProgress(progress) {
      onProgress?.(progress);
      signal?.throwIfAborted();
    },
  };
}
