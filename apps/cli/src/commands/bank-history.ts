import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { showHistory } from '../show/bank.ts';
import { examples, wholeNumber } from './options.ts';

interface Options {
  readonly limit?: number;
  readonly cursor?: number;
}

/** `live-mem bank history` */
export function addBankHistory(parent: Command, session: Session): void {
  parent
    .command('history')
    .description('Lists what changed, newest first.')
    .argument('<space>', 'id of the space')
    .argument('[file]', 'only changes of this document')
    .option('-n, --limit <count>', 'changes on a page, 1 to 200 (default: 20)', wholeNumber('--limit'))
    .option('--cursor <commit>', 'go on where the page before ended', wholeNumber('--cursor'))
    .addHelpText('after', examples('live-mem bank history alpha', 'live-mem bank history alpha progress.md -n 5'))
    .action((space: string, filename: string | undefined, { limit, cursor }: Options) =>
      session.answer({
        tool: (tools) => tools.bank_history,
        input: { space_id: space, filename, limit, cursor },
        show: showHistory,
      }),
    );
}
