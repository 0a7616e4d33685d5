import type { Command } from 'commander';
import { counted } from '../ago.ts';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

interface Options {
  readonly as?: string;
  readonly yes?: boolean;
}

/** `live-mem backup restore` */
export function addBackupRestore(parent: Command, session: Session): void {
  parent
    .command('restore')
    .description('Makes a space of a backup, which is verified first. Broken off, the same command goes on.')
    .argument('<backup>', 'id of the backup, see backup list')
    .option('--as <space>', 'another id for the space')
    .option('-y, --yes', 'do not ask')
    .addHelpText(
      'after',
      examples(
        'live-mem backup restore alpha/2026-11-25T08-00-00 --as alpha-copy',
        'live-mem backup restore alpha/2026-11-25T08-00-00 --yes',
      ),
    )
    .action((backup: string, { as, yes = false }: Options) =>
      session.answerConfirmed(
        (confirm) => ({
          tool: (tools) => tools.backup_restore,
          input: { backup_id: backup, as, confirm },
          doing: 'Restoring',
          breakable: true,
          stopped: () => 'interrupted: there is no such space yet; run the same command again to go on',
          show({ space_id, commit, files_restored: files, verified }, { paint }) {
            const done = `${paint.good('✓')} ${paint.bold(space_id)} is restored: ${counted(files, 'file')} (commit ${commit}).`;
            const doubt = `${paint.warn('!')} The backup has no manifest: nothing proves that it was whole.`;
            return verified ? done : `${done}\n${doubt}`;
          },
        }),
        yes,
      ),
    );
}
