import { type Command, Option } from 'commander';
import { counted } from '../ago.ts';
import type { DemoAnswer } from '../demo/run-demo.ts';
import type { Page } from '../page.ts';
import type { Session } from '../session.ts';
import { titled } from '../show/bank.ts';
import { reportOf } from '../show/report.ts';
import { textWidth, wrap } from '../text-width.ts';
import { examples } from './options.ts';

/** Columns that the beginning of a note takes. */
const SHOWN = 36;

interface Options {
  readonly into?: string;
  readonly configured?: boolean;
  readonly space: string;
}

/** `live-mem demo` */
export function addDemo(program: Command, session: Session): void {
  program
    .command('demo')
    .description(
      'Shows how it works: takes notes, makes documents of them without a model, says what became of each note. With --configured in the store and with the consolidator that the settings name; nothing is deleted there.',
    )
    .option('--into <folder>', 'folder for the memory, new or empty (default: a new one among the temporary files)')
    .addOption(new Option('--configured', 'in the memory that the settings name').conflicts('into'))
    .option('--space <id>', 'id of the space, which must be new', 'demo')
    .addHelpText(
      'after',
      examples('live-mem demo', 'live-mem demo --into ./demo-memory', 'live-mem demo --configured --space tryout'),
    )
    .action(async ({ into, configured = false, space }: Options) => {
      const { runDemo } = await import('../demo/run-demo.ts');
      session.print(await runDemo(session, { into, configured, space }), showDemo);
    });
}

function showDemo(answer: DemoAnswer, page: Page): string {
  const { paint } = page;
  return [
    `${paint.good('✓')} ${counted(answer.notes.length, 'note')} left in the space ${paint.bold(answer.space_id)}, as agents leave them.`,
    reportOf({ ...answer.report, commits: [] }, page, answer.space_id),
    `\n${paint.bold('The bank they became')}\n`,
    ...answer.files.map(({ filename, content }) => `${titled(filename, page.indented(content), page)}\n`),
    `${paint.bold('What became of each note')}\n`,
    page.table(
      ['note', '', 'is in'],
      answer.notes.map((note) => rowOf(note, page)),
    ),
    `\n${paint.bold('Go on')}\n`,
    ...commandsFor(answer).map((line) => `  ${paint.name(line)}`),
  ].join('\n');
}

function rowOf({ category, place, content }: DemoAnswer['notes'][number], { paint, text }: Page): string[] {
  const [firstLine = ''] = text(content).split('\n');
  const said = textWidth(firstLine) > SHOWN ? `${wrap(firstLine, SHOWN - 1)[0] ?? ''}…` : firstLine;
  return [paint.name(category), said, place];
}

function commandsFor({ folder, configured, space_id, report }: DemoAnswer): string[] {
  const [commit = 2] = report.commits;
  return [
    ...(configured || folder === undefined ? [] : [`export LIVE_MEM_DATA=${quoted(folder)}`]),
    `npx live-mem note write ${space_id} "My first note" -c observation`,
    `npx live-mem bank consolidate ${space_id}`,
    `npx live-mem bank diff ${space_id} ${commit}`,
    `npx live-mem bank undo ${space_id} ${commit}`,
  ];
}

function quoted(folder: string): string {
  return /^[\w./-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", String.raw`'\''`)}'`;
}
