import type { Command } from 'commander';
import { bytes, counted } from '../ago.ts';
import { saveArchive } from '../save-archive.ts';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

interface Options {
  readonly output: string;
}

/** `live-mem space export` */
export function addSpaceExport(parent: Command, session: Session): void {
  parent
    .command('export')
    .description('Packs all files of a space, as of one moment, into a tar.gz. Secrets in its metadata are masked.')
    .argument('<space>', 'id of the space')
    .requiredOption('-o, --output <file>', 'where the archive goes; - is stdout')
    .addHelpText(
      'after',
      examples('live-mem space export alpha -o alpha.tar.gz', 'live-mem space export alpha -o - | tar -tz'),
    )
    .action(async (space: string, { output }: Options) => {
      const { memory } = await session.open();
      const exported = await memory.spaces.export({ space });
      const saved = await saveArchive(session, exported, { output, root: space });
      if (saved.file === undefined) return;
      session.print(saved, ({ file, files_count: count, archive_size: size }, { paint }) => {
        return `${paint.good('✓')} ${counted(count, 'file')}, ${bytes(size)}: ${file}`;
      });
    });
}
