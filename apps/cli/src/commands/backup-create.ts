import type { Command } from 'commander';
import { bytes, counted } from '../ago.ts';
import { CommandError } from '../command-error.ts';
import type { Page } from '../page.ts';
import type { Session } from '../session.ts';
import type { AnswerOf } from '../show/answers.ts';
import { examples } from './options.ts';

interface Options {
  readonly all?: boolean;
  readonly description?: string;
}

/** `live-mem backup create` */
export function addBackupCreate(parent: Command, session: Session): void {
  parent
    .command('create')
    .description('Keeps a copy of a space as of one moment. The oldest goes where there are more than are kept.')
    .argument('[space]', 'id of the space')
    .option('--all', 'all spaces')
    .option('-d, --description <text>', 'why it is taken, one line')
    .addHelpText('after', examples('live-mem backup create alpha -d "Before the move"', 'live-mem backup create --all'))
    .action(async (space: string | undefined, { all = false, description }: Options) => {
      if ((space === undefined) === !all) throw new CommandError('USAGE', 'takes the id of a space, or --all');
      await session.answer({
        tool: (tools) => tools.backup_create,
        input: { space_id: space, description },
        doing: 'Copying',
        things: 'files',
        stopped: () => 'interrupted: the backup is incomplete and never restored; take another one',
        show: showCreated,
      });
    });
}

function showCreated({ backups, ...one }: AnswerOf<'backup_create'>, page: Page): string {
  return (backups ?? [one]).map((backup) => lineOf(backup, page)).join('\n');
}

type Created = Omit<AnswerOf<'backup_create'>, 'backups' | 'status'> & { readonly error?: string | undefined };

function lineOf(
  { backup_id, space_id, files_backed_up: files, total_size, deleted = [], warnings = [], error }: Created,
  page: Page,
): string {
  const { paint } = page;
  if (backup_id === undefined) return `${paint.bad('✗')} ${space_id ?? ''}: ${page.text(error ?? '')}`;
  const done = `${paint.good('✓')} ${paint.bold(backup_id)}  ${counted(files, 'file')}, ${bytes(total_size)}`;
  const gone = deleted.map((old) => paint.dim(`  ${old} is deleted: only so many are kept`));
  return [done, ...gone, ...warnings.map((warning) => `${paint.warn('!')} ${page.text(warning)}`)].join('\n');
}
