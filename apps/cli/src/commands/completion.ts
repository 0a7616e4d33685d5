import { Argument, type Command } from 'commander';
import { completeWords } from '../completion/complete-words.ts';
import { completionScripts, type Shell, shells } from '../completion/scripts.ts';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

/** `live-mem completion`, and what its scripts call while somebody types. */
export function addCompletion(program: Command, session: Session): void {
  program
    .command('completion')
    .description('Prints what makes a shell complete this command: commands, options, spaces, documents, backups.')
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices(shells))
    .addHelpText('after', examples('source <(live-mem completion bash)', 'live-mem completion fish | source'))
    .action((shell: Shell) =>
      session.print({ status: 'ok', shell, script: completionScripts[shell] }, ({ script }) => script, true),
    );
  program
    .command('__complete', { hidden: true })
    .argument('[words...]')
    .action(async (words: readonly string[]) => {
      const names = await completeWords(program, session, words);
      session.print({ status: 'ok', names }, () => names.join('\n'));
    });
}
