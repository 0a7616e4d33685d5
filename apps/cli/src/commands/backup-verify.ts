import type { Command } from 'commander';
import { counted } from '../ago.ts';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

/** `live-mem backup verify` */
export function addBackupVerify(parent: Command, session: Session): void {
  parent
    .command('verify')
    .description('Reads a backup and compares every file with its manifest.')
    .argument('<backup>', 'id of the backup, see backup list')
    .addHelpText('after', examples('live-mem backup verify alpha/2026-11-25T08-00-00'))
    .action((backup: string) =>
      session.answer({
        tool: (tools) => tools.backup_verify,
        input: { backup_id: backup },
        show({ status, files_checked: files, verifiable, problems }, page) {
          const { paint } = page;
          const faults = problems.map(({ path, fault }) => `${paint.bad('✗')} ${page.text(path)}: ${fault}`);
          if (status === 'failed') return [...faults, `${counted(problems.length, 'fault')} in ${backup}.`].join('\n');
          return verifiable
            ? `${paint.good('✓')} ${counted(files, 'file')}, each as its manifest says.`
            : `${paint.warn('!')} ${counted(files, 'file')} can be read. It has no manifest, so nothing proves that it is whole.`;
        },
      }),
    );
}
