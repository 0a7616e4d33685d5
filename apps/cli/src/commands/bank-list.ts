import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { showDocuments } from '../show/bank.ts';
import { examples } from './options.ts';

/** `live-mem bank list` */
export function addBankList(parent: Command, session: Session): void {
  parent
    .command('list')
    .description('Lists the documents of a bank.')
    .argument('<space>', 'id of the space')
    .addHelpText('after', examples('live-mem bank list alpha'))
    .action((space: string) =>
      session.answer({ tool: (tools) => tools.bank_list, input: { space_id: space }, show: showDocuments }),
    );
}
