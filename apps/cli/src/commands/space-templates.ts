import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

/** `live-mem space templates` */
export function addSpaceTemplates(parent: Command, session: Session): void {
  parent
    .command('templates')
    .description('Lists the rules that are shipped, or prints one of them.')
    .argument('[template]', 'print this one')
    .addHelpText('after', examples('live-mem space templates', 'live-mem space templates book > rules.md'))
    .action(async (name: string | undefined) => {
      const { rulesTemplates } = await import('@live-mem/core');
      const templates = Object.entries(rulesTemplates).map(([id, rules]) => ({ name: id, rules }));
      if (name === undefined) {
        session.print({ status: 'ok', templates }, (answer, page) =>
          page.table(
            ['template', 'is for'],
            answer.templates.map(({ name: id, rules }) => [page.paint.bold(id), purposeOf(rules)]),
          ),
        );
        return;
      }
      const chosen = templates.find((template) => template.name === name);
      if (!chosen)
        throw new CommandError(
          'USAGE',
          `no template ${JSON.stringify(name)}: there are ${templates.map((one) => one.name).join(', ')}`,
        );
      session.print({ status: 'ok', ...chosen }, ({ rules }) => rules, true);
    });
}

/** What the first sentence says that it is. */
function purposeOf(rules: string): string {
  return /^This bank is ([^.]*)/m.exec(rules)?.[1] ?? '';
}
