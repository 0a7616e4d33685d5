import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

interface Options {
  readonly yes?: boolean;
  readonly agent?: string;
}

/** `live-mem bank delete` */
export function addBankDelete(parent: Command, session: Session): void {
  parent
    .command('delete')
    .description('Deletes a document, and no other. It stays in the history.')
    .argument('<space>', 'id of the space')
    .argument('<file>', 'name of the document')
    .option('-y, --yes', 'do not ask')
    .option('-a, --agent <name>', 'who deletes (default: LIVE_MEM_AGENT, else your user name)')
    .addHelpText('after', examples('live-mem bank delete alpha old.md --yes'))
    .action((space: string, filename: string, { yes = false, agent }: Options) =>
      session.answerConfirmed(
        (confirm) => ({
          tool: (tools) => tools.bank_delete,
          agent,
          input: { space_id: space, filename, confirm },
          show({ commit }, { paint }) {
            const back = `live-mem bank undo ${space} ${commit}`;
            return `${paint.good('✓')} Deleted ${paint.bold(filename)} (commit ${commit}).\n  To bring it back: ${paint.name(back)}`;
          },
        }),
        yes,
      ),
    );
}
