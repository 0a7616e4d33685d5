import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { backupCommands } from './commands/backup.ts';
import { bankCommands } from './commands/bank.ts';
import { addCompletion } from './commands/completion.ts';
import { addDemo } from './commands/demo.ts';
import { addDoctor } from './commands/doctor.ts';
import { addInit } from './commands/init.ts';
import { noteCommands } from './commands/note.ts';
import { addRedact } from './commands/redact.ts';
import { addShell } from './commands/shell.ts';
import { spaceCommands } from './commands/space.ts';
import { storeCommands } from './commands/store.ts';
import { tokenCommands } from './commands/token.ts';
import { addWhoami } from './commands/whoami.ts';
import { exitCodesHelp } from './exit-codes.ts';
import type { Session } from './session.ts';
import type { RunCommand } from './shell/run-command.ts';

const examples = `Examples:
  live-mem demo                      see it work, in a folder of its own
  live-mem init                      set this folder up
  live-mem space create alpha
  live-mem note write alpha "We chose S3" -c decision
  live-mem bank consolidate alpha
  live-mem bank read alpha`;

/** The command with all its commands. Loads nothing but them. */
export function createProgram(session: Session, runCommand: RunCommand): Command {
  const { io } = session;
  const program = new Command('live-mem');
  program
    .description(
      'A shared working memory for AI agents. Agents leave notes in a space, a consolidation turns them into documents: its bank.',
    )
    .version(
      session.json ? JSON.stringify({ version: version() }, null, 2) : version(),
      '-V, --version',
      'print the version',
    )
    .option('--json', 'print one JSON document, and nothing else; help is always text')
    .helpOption('-h, --help', 'explain the command')
    .helpCommand(false)
    .configureHelp({
      showGlobalOptions: true,
      subcommandTerm: (command) =>
        `${command.name()} ${command.usage().replaceAll(/\[(options|command)\] ?/g, '')}`.trim(),
      visibleGlobalOptions: (command) =>
        command.parent ? program.options.filter(({ long }) => long === '--json') : [],
      helpWidth: io.stdout.isTerminal ? Math.min(io.stdout.columns, 100) : 80,
    })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: () => undefined,
    })
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('after', `\n${examples}\n\n${exitCodesHelp}`);
  program.commandsGroup('Begin:');
  addInit(program, session);
  addDoctor(program, session);
  addDemo(program, session);
  program.commandsGroup('Remember:');
  spaceCommands(program, session);
  noteCommands(program, session);
  bankCommands(program, session);
  program.commandsGroup('Look after:');
  backupCommands(program, session);
  storeCommands(program, session);
  tokenCommands(program, session);
  addRedact(program, session);
  program.commandsGroup('Work in a shell:');
  addWhoami(program, session);
  addShell(program, session, runCommand);
  addCompletion(program, session);
  return program;
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
}
