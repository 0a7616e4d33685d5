import type { Command } from 'commander';
import { counted } from '../ago.ts';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

interface Options {
  readonly yes?: boolean;
}

/** `live-mem space delete` */
export function addSpaceDelete(parent: Command, session: Session): void {
  parent
    .command('delete')
    .description('Deletes a space for good: notes, documents, history. Its backups stay.')
    .argument('<space>', 'id of the space')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', examples('live-mem backup create alpha', 'live-mem space delete alpha'))
    .action((space: string, { yes = false }: Options) =>
      session.answerConfirmed(
        (confirm) => ({
          tool: (tools) => tools.space_delete,
          input: { space_id: space, confirm },
          show: ({ files_deleted: count }, { paint }) =>
            `${paint.good('✓')} Deleted ${paint.bold(space)}, ${counted(count, 'file')}.`,
        }),
        yes,
      ),
    );
}
