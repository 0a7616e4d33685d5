import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { showDiff } from '../show/bank.ts';
import { examples, wholeNumber } from './options.ts';

/** `live-mem bank diff` */
export function addBankDiff(parent: Command, session: Session): void {
  parent
    .command('diff')
    .description('Shows what a commit changed, or how the bank differs between two commits.')
    .argument('<space>', 'id of the space')
    .argument('<commit>', 'number of the commit, see bank history', wholeNumber('<commit>'))
    .argument('[file]', 'only what it did to this document')
    .option('--from <commit>', 'compare with the bank after this one; 0: an empty bank', wholeNumber('--from'))
    .addHelpText(
      'after',
      examples(
        'live-mem bank diff alpha 2',
        'live-mem bank diff alpha 2 progress.md',
        'live-mem bank diff alpha 12 --from 7',
      ),
    )
    .action((space: string, commit: number, filename: string | undefined, { from }: { readonly from?: number }) =>
      session.answer({
        tool: (tools) => tools.bank_diff,
        input: { space_id: space, commit, from, filename },
        show: showDiff,
      }),
    );
}
