import type { Command } from 'commander';
import { counted } from '../ago.ts';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

interface Options {
  readonly all?: boolean;
  readonly yes?: boolean;
}

/** `live-mem token purge` */
export function addTokenPurge(parent: Command, session: Session): void {
  parent
    .command('purge')
    .description('Takes the revoked tokens out of the list.')
    .option('--all', 'end all tokens, active ones too, and take them out')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', examples('live-mem token purge --yes'))
    .action(({ all = false, yes = false }: Options) =>
      session.answerConfirmed(
        (confirm) => ({
          tool: (tools) => tools.admin_purge_tokens,
          input: { revoked_only: !all, confirm },
          show: ({ deleted, remaining }, { paint }) =>
            `${paint.good('✓')} ${counted(deleted, 'token')} taken out, ${remaining} left.`,
        }),
        yes,
      ),
    );
}
