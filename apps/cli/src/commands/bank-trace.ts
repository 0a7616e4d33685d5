import type { Command } from 'commander';
import { counted } from '../ago.ts';
import type { Page } from '../page.ts';
import type { Session } from '../session.ts';
import type { AnswerOf } from '../show/answers.ts';
import { examples, wholeNumber } from './options.ts';

interface Options {
  readonly limit?: number;
}

/** `live-mem bank trace` */
export function addBankTrace(parent: Command, session: Session): void {
  parent
    .command('trace')
    .description('Tells which commits and notes a document, or a section of it, comes from.')
    .argument('<space>', 'id of the space')
    .argument('<file>', 'name of the document')
    .argument('[heading]', 'only this section, for instance "Decisions" or "Team > Notes"')
    .option('-n, --limit <count>', 'commits at most, 1 to 200 (default: 20)', wholeNumber('--limit'))
    .addHelpText(
      'after',
      examples('live-mem bank trace alpha progress.md', 'live-mem bank trace alpha progress.md Done'),
    )
    .action((space: string, filename: string, heading: string | undefined, { limit }: Options) =>
      session.answer({
        tool: (tools) => tools.bank_trace,
        input: { space_id: space, filename, heading, limit },
        show: showTrace,
      }),
    );
}

function showTrace(
  { commits, total_bytes: total, unknown_bytes: unknown, incomplete }: AnswerOf<'bank_trace'>,
  page: Page,
): string {
  const { paint } = page;
  const share = (bytes: number): string => (total === 0 ? '' : `${Math.max(1, Math.round((bytes / total) * 100))}%`);
  const blocks = commits.map(({ commit, kind, at, actor, bytes, notes }) => {
    const head = `${paint.bold(`commit ${commit}`)}  ${kind}  ${page.ago(at)}  ${page.text(actor)}  ${share(bytes)}`;
    const told = notes.flatMap(({ timestamp, agent, category, content }) => [
      `  ${paint.name(category)}  ${page.ago(timestamp)}  ${page.text(agent)}`,
      page.indented(content.trimEnd(), 4),
    ]);
    return [head, ...told].join('\n');
  });
  const untold = `Of ${counted(unknown, 'byte')} the origin is not told: ${incomplete ?? 'see --limit'}.`;
  const rest = unknown > 0 ? [paint.dim(page.prose(untold))] : [];
  return blocks.length + rest.length === 0 ? 'There is no text.' : [...blocks, ...rest].join('\n\n');
}
