import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { showSummary } from '../show/space.ts';
import { examples } from './options.ts';

/** `live-mem space summary` */
export function addSpaceSummary(parent: Command, session: Session): void {
  parent
    .command('summary')
    .description('Prints all that is needed to start in a space: its rules, its synthesis, its whole bank.')
    .argument('<space>', 'id of the space')
    .addHelpText('after', examples('live-mem space summary alpha', 'live-mem space summary alpha | less'))
    .action((space: string) =>
      session.answer({ tool: (tools) => tools.space_summary, input: { space_id: space }, show: showSummary }),
    );
}
