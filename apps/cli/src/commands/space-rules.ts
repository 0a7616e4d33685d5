import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

/** `live-mem space rules` */
export function addSpaceRules(parent: Command, session: Session): void {
  parent
    .command('rules')
    .description('Prints the rules of a space: which documents its bank has, and what goes where.')
    .argument('<space>', 'id of the space')
    .addHelpText('after', examples('live-mem space rules alpha', 'live-mem space rules alpha > rules.md'))
    .action((space: string) =>
      session.answer({
        tool: (tools) => tools.space_rules,
        input: { space_id: space },
        verbatim: true,
        show: ({ rules }, page) => page.text(rules),
      }),
    );
}
