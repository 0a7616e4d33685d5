import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { showSpaces } from '../show/space.ts';
import { examples } from './options.ts';

/** `live-mem space list` */
export function addSpaceList(parent: Command, session: Session): void {
  parent
    .command('list')
    .description('Lists all spaces with what they hold.')
    .addHelpText('after', examples('live-mem space list', 'live-mem space list --json'))
    .action(() => session.answer({ tool: (tools) => tools.space_list, input: {}, show: showSpaces }));
}
