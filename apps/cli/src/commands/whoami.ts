import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

/** `live-mem whoami` */
export function addWhoami(parent: Command, session: Session): void {
  parent
    .command('whoami')
    .description('Tells under which name you write, what you may do, and where.')
    .addHelpText('after', examples('live-mem whoami'))
    .action(() =>
      session.answer({
        tool: (tools) => tools.system_whoami,
        input: {},
        show({ client_name, auth_type, permissions, space_ids, all_spaces }, page) {
          const spaces = all_spaces ? 'all' : space_ids.join(', ') || 'none';
          const kind = auth_type === 'owner' ? 'owner: you hold the store itself' : auth_type;
          return page.table(
            [],
            [
              [page.paint.dim('name'), page.paint.bold(page.text(client_name))],
              [page.paint.dim('as'), kind],
              [page.paint.dim('may'), permissions.join(', ') || 'nothing'],
              [page.paint.dim('spaces'), spaces],
            ],
          );
        },
      }),
    );
}
