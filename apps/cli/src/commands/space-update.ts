import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

interface Options {
  readonly description?: string;
  readonly owner?: string;
}

/** `live-mem space update` */
export function addSpaceUpdate(parent: Command, session: Session): void {
  parent
    .command('update')
    .description('Changes what is said of a space. What is not given stays.')
    .argument('<space>', 'id of the space')
    .option('-d, --description <text>', 'what it is for, one line; "" clears it')
    .option('--owner <text>', 'whom people ask about it, one line; "" clears it')
    .addHelpText('after', examples('live-mem space update alpha -d "The web shop" --owner team-web'))
    .action(async (space: string, { description, owner }: Options) => {
      if (description === undefined && owner === undefined)
        throw new CommandError('USAGE', 'nothing to change: give --description or --owner');
      await session.answer({
        tool: (tools) => tools.space_update,
        input: { space_id: space, description, owner },
        show: ({ updated_fields: fields }, { paint }) =>
          `${paint.good('✓')} Updated ${fields.join(' and ')} of ${paint.bold(space)}.`,
      });
    });
}
