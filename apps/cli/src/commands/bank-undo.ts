import type { Command } from 'commander';
import { counted } from '../ago.ts';
import type { Session } from '../session.ts';
import { examples, wholeNumber } from './options.ts';

interface Options {
  readonly yes?: boolean;
  readonly agent?: string;
}

const refused = `Refused, and nothing is changed, where
  - a later commit changed the same lines: undo that one first
  - it created, deleted or brought back a document that was changed again since
  - a document it changed was edited by hand since: nobody can say which lines
    are whose
  - it is undone already, or it began the space`;

/** `live-mem bank undo` */
export function addBankUndo(parent: Command, session: Session): void {
  parent
    .command('undo')
    .description(
      'Takes one change back, also where others came after it, and brings its notes back. Makes a new commit.',
    )
    .argument('<space>', 'id of the space')
    .argument('<commit>', 'number of the commit, see bank history', wholeNumber('<commit>'))
    .option('-y, --yes', 'do not ask')
    .option('-a, --agent <name>', 'who asks (default: LIVE_MEM_AGENT, else your user name)')
    .addHelpText('after', `\n${refused}`)
    .addHelpText('after', examples('live-mem bank undo alpha 2', 'live-mem bank undo alpha 2 --yes'))
    .action((space: string, commit: number, { yes = false, agent }: Options) =>
      session.answerConfirmed(
        (confirm) => ({
          tool: (tools) => tools.bank_undo,
          agent,
          input: { space_id: space, commit, confirm },
          show({ commit: made, files, notes_restored: notes, warnings = [] }, { paint }) {
            const back = notes > 0 ? `, ${counted(notes, 'note')} back` : '';
            const done = `${paint.good('✓')} Commit ${commit} is undone by commit ${made}${back}: ${files.join(', ')}`;
            return [done, ...warnings.map((warning) => `${paint.warn('!')} ${warning}`)].join('\n');
          },
        }),
        yes,
      ),
    );
}
