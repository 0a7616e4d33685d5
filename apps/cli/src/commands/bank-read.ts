import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { showBank } from '../show/bank.ts';
import { examples } from './options.ts';

/** `live-mem bank read` */
export function addBankRead(parent: Command, session: Session): void {
  parent
    .command('read')
    .description('Prints a document, or the whole bank.')
    .argument('<space>', 'id of the space')
    .argument('[file]', 'name of the document (default: all of them)')
    .addHelpText('after', examples('live-mem bank read alpha', 'live-mem bank read alpha progress.md > progress.md'))
    .action((space: string, file: string | undefined) => (file === undefined ? readAll(space) : readOne(space, file)));

  function readAll(space: string): Promise<void> {
    return session.answer({ tool: (tools) => tools.bank_read_all, input: { space_id: space }, show: showBank });
  }

  function readOne(space: string, filename: string): Promise<void> {
    return session.answer({
      tool: (tools) => tools.bank_read,
      input: { space_id: space, filename },
      verbatim: true,
      show: ({ content }, page) => page.text(content),
    });
  }
}
