import { CommanderError } from 'commander';
import { CommandError } from './command-error.ts';
import { exitCodes } from './exit-codes.ts';
import { fail } from './fail.ts';
import type { Io } from './io.ts';
import { createProgram } from './program.ts';
import { Session } from './session.ts';

/**
 * Runs one command.
 * @param words of the command line, without the program
 * @param shared whose memory is used; absent: the command opens its own
 * @returns the exit code
 */
export async function runCli(words: readonly string[], io: Io, shared?: Session): Promise<number> {
  const session = new Session(io, asksForJson(words), shared);
  try {
    await createProgram(session, runCli).parseAsync(words, { from: 'user' });
    return session.exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return fail(session, error);
    if (error.exitCode === 0) return exitCodes.ok;
    // A group without a command has shown its help already.
    if (error.code === 'commander.help' && !session.json) return exitCodes.usage;
    return fail(session, new CommandError('USAGE', usage(error), { cause: error }));
  }
}

/** Also where the command cannot be understood, the answer is JSON. */
function asksForJson(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  return (end < 0 ? words : words.slice(0, end)).includes('--json');
}

function usage({ code, message }: CommanderError): string {
  if (code === 'commander.help') return 'a command is missing: see --help';
  return `${message.replace(/^error: /, '').replace(/\n/g, ' ')}; see --help`;
}
