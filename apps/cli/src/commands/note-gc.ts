import type { Command } from 'commander';
import { bytes, counted } from '../ago.ts';
import { CommandError } from '../command-error.ts';
import type { Page } from '../page.ts';
import type { Session } from '../session.ts';
import type { AnswerOf } from '../show/answers.ts';
import { reportOf } from '../show/report.ts';
import { examples, wholeNumber } from './options.ts';

interface Options {
  readonly maxAgeDays?: number;
  readonly consolidate?: boolean;
  readonly delete?: boolean;
}

/** `live-mem note gc` */
export function addNoteGc(parent: Command, session: Session): void {
  parent
    .command('gc')
    .description('Finds notes that nobody consolidated; consolidates exactly those, or throws them away.')
    .argument('[space]', 'id of the space; all, where none is given')
    .option('--max-age-days <days>', 'how old they are at least (default: 7)', wholeNumber('--max-age-days'))
    .option('--consolidate', 'consolidate them')
    .option('--delete', 'throw them away; bank undo brings them back')
    .addHelpText('after', examples('live-mem note gc alpha', 'live-mem note gc alpha --max-age-days 30 --delete'))
    .action(async (space: string | undefined, { maxAgeDays, consolidate = false, delete: away = false }: Options) => {
      if (consolidate && away) throw new CommandError('USAGE', 'takes --consolidate or --delete, not both');
      await session.answer({
        tool: (tools) => tools.admin_gc_notes,
        input: { space_id: space, max_age_days: maxAgeDays, confirm: consolidate || away, delete_only: away },
        doing: 'Consolidating',
        stopped: () => 'interrupted before anything was written: run the same command again',
        show: showCollected,
      });
    });
}

function showCollected(answer: AnswerOf<'admin_gc_notes'>, page: Page): string {
  const { paint } = page;
  if (answer.total === 0) return 'No note is that old.';
  const blocks = answer.spaces.map(({ space_id, notes, agents, deleted, commits, report }) => {
    const rows = agents.map(({ agent, notes: many, size, oldest_note }) => [
      page.text(agent),
      String(many),
      bytes(size),
      page.ago(oldest_note),
    ]);
    const head = `${paint.bold(space_id)}: ${counted(notes, 'old note')}`;
    const table = page.table(['agent', 'notes', 'size', 'oldest'], rows);
    const undo = `live-mem bank undo ${space_id} ${commits.at(-1) ?? 0}`;
    const gone = deleted > 0 ? [`${paint.good('✓')} Thrown away. To bring them back: ${paint.name(undo)}`] : [];
    return [head, table, ...gone, ...(report ? [reportOf(report, page, space_id)] : [])].join('\n');
  });
  const hint = page.prose('Nothing was changed: --consolidate puts them into the bank, --delete throws them away.');
  return [...blocks, ...(answer.dry_run ? [hint] : [])].join('\n\n');
}
