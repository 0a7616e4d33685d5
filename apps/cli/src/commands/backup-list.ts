import type { Command } from 'commander';
import { bytes } from '../ago.ts';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

/** `live-mem backup list` */
export function addBackupList(parent: Command, session: Session): void {
  parent
    .command('list')
    .description('Lists the backups there are, the newest first.')
    .argument('[space]', 'only those of this space')
    .addHelpText('after', examples('live-mem backup list', 'live-mem backup list alpha'))
    .action((space: string | undefined) =>
      session.answer({
        tool: (tools) => tools.backup_list,
        input: { space_id: space },
        show({ backups }, page) {
          const { paint } = page;
          if (backups.length === 0) return `No backups. ${paint.name('live-mem backup create SPACE')} takes one.`;
          const rows = backups.map(({ backup_id, files_count, total_size, complete, verifiable, description }) => {
            const state = complete ? (verifiable ? '' : paint.warn('unverified ')) : paint.bad('incomplete ');
            return [paint.bold(backup_id), String(files_count), bytes(total_size), state + page.text(description)];
          });
          return page.table(['backup', 'files', 'size', 'description'], rows);
        },
      }),
    );
}
