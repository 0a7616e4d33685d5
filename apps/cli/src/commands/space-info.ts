import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { showSpace } from '../show/space.ts';
import { examples } from './options.ts';

/** `live-mem space info` */
export function addSpaceInfo(parent: Command, session: Session): void {
  parent
    .command('info')
    .description('Tells what a space holds, in numbers.')
    .argument('<space>', 'id of the space')
    .addHelpText('after', examples('live-mem space info alpha'))
    .action((space: string) =>
      session.answer({ tool: (tools) => tools.space_info, input: { space_id: space }, show: showSpace }),
    );
}
