import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { reportOf } from '../show/report.ts';
import { examples } from './options.ts';

interface Options {
  readonly agent?: string;
  readonly dryRun?: boolean;
}

/** `live-mem bank consolidate` */
export function addBankConsolidate(parent: Command, session: Session): void {
  parent
    .command('consolidate')
    .description('Turns notes into documents, oldest first. Each batch is one commit, which can be undone.')
    .argument('<space>', 'id of the space')
    .option('-a, --agent <name>', 'only the notes of this agent')
    .option('--dry-run', 'propose and report, but write nothing')
    .addHelpText(
      'after',
      examples('live-mem bank consolidate alpha', 'live-mem bank consolidate alpha --agent cline --dry-run'),
    )
    .action((space: string, { agent, dryRun }: Options) =>
      session.answer({
        tool: (tools) => tools.bank_consolidate,
        input: { space_id: space, agent, dry_run: dryRun },
        doing: 'Consolidating',
        stopped: () =>
          'interrupted before anything was written: all notes stay as they are; run the same command again',
        show: (report, page) => reportOf(report, page, space),
      }),
    );
}
