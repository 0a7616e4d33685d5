import type { Command } from 'commander';
import { counted } from '../ago.ts';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

interface Options {
  readonly yes?: boolean;
}

/** `live-mem backup delete` */
export function addBackupDelete(parent: Command, session: Session): void {
  parent
    .command('delete')
    .description('Deletes a backup for good.')
    .argument('<backup>', 'id of the backup, see backup list')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', examples('live-mem backup delete alpha/2026-11-25T08-00-00 --yes'))
    .action((backup: string, { yes = false }: Options) =>
      session.answerConfirmed(
        (confirm) => ({
          tool: (tools) => tools.backup_delete,
          input: { backup_id: backup, confirm },
          show: ({ files_deleted: count }, { paint }) =>
            `${paint.good('✓')} Deleted ${paint.bold(backup)}, ${counted(count, 'file')}.`,
        }),
        yes,
      ),
    );
}
