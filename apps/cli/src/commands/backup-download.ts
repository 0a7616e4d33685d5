import type { Command } from 'commander';
import { bytes, counted } from '../ago.ts';
import { saveArchive } from '../save-archive.ts';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

interface Options {
  readonly output: string;
}

/** `live-mem backup download` */
export function addBackupDownload(parent: Command, session: Session): void {
  parent
    .command('download')
    .description('Packs the files of a backup into a tar.gz. Secrets in its metadata are masked.')
    .argument('<backup>', 'id of the backup, see backup list')
    .requiredOption('-o, --output <file>', 'where the archive goes; - is stdout')
    .addHelpText('after', examples('live-mem backup download alpha/2026-11-25T08-00-00 -o alpha.tar.gz'))
    .action(async (backup: string, { output }: Options) => {
      const { memory } = await session.open();
      const found = await memory.backups.download({ backup });
      const saved = await saveArchive(session, found, { output, root: backup.replace('/', '-') });
      if (saved.file === undefined) return;
      session.print(saved, ({ file, files_count: count, archive_size: size }, { paint }) => {
        return `${paint.good('✓')} ${counted(count, 'file')}, ${bytes(size)}: ${file}`;
      });
    });
}
