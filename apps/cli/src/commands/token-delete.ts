import type { Command } from 'commander';
import { counted } from '../ago.ts';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

/** `live-mem token delete` */
export function addTokenDelete(parent: Command, session: Session): void {
  parent
    .command('delete')
    .description('Ends a token for good and takes it out of the list.')
    .argument('<hash>', 'at least 16 digits of its hash, see token list')
    .addHelpText('after', examples('live-mem token delete 9f86d081884c7d65'))
    .action((hash: string) =>
      session.answer({
        tool: (tools) => tools.admin_delete_token,
        input: { token_hash: hash },
        show: ({ name, remaining }, page) =>
          `${page.paint.good('✓')} The token of ${page.text(name)} is deleted, ${counted(remaining, 'token')} left.`,
      }),
    );
}
