import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import type { Session } from '../session.ts';
import type { RunCommand } from '../shell/run-command.ts';
import { examples } from './options.ts';

/** `live-mem shell` */
export function addShell(program: Command, session: Session, runCommand: RunCommand): void {
  program
    .command('shell')
    .description('Takes commands one after another, with completion and history, over a memory that stays open.')
    .addHelpText('after', examples('live-mem shell', 'live-mem shell < commands.txt'))
    .action(async () => {
      if (session.isShared) throw new CommandError('USAGE', 'this is the shell already');
      const { runShell } = await import('../shell/run-shell.ts');
      session.exitCode = await runShell(session, program, runCommand);
    });
}
