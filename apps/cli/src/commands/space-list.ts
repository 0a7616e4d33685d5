import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { showSpaces } from '../show/space.ts';
import { examples } from './options.ts';

/** `live-mem space list` */
export function addSpaceList(parent: Command, session: Session): void {
  parent
    .command('list')
    .description(
      'Lists all spaces with what they hold. Ends with exit code 7 where a space cannot be read; the others are listed all the same.',
    )
    .addHelpText('after', examples('live-mem space list', 'live-mem space list --json'))
    .action(listSpaces);

  async function listSpaces(): Promise<void> {
    const answer = await session.call({ tool: (tools) => tools.space_list, input: {}, show: showSpaces });
    session.print(answer, showSpaces);
    if (answer.unreadable !== undefined) session.exitCode = exitCodes.report;
  }
}
