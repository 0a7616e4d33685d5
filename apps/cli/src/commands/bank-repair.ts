import type { Command } from 'commander';
import type { Page } from '../page.ts';
import type { Session } from '../session.ts';
import type { AnswerOf } from '../show/answers.ts';
import { examples } from './options.ts';

interface Options {
  readonly yes?: boolean;
}

/** `live-mem bank repair` */
export function addBankRepair(parent: Command, session: Session): void {
  parent
    .command('repair')
    .description('Gives documents clean names: no invisible characters, no stray folders. Without --yes it says which.')
    .argument('<space>', 'id of the space')
    .option('-y, --yes', 'do it; bank undo takes it back')
    .addHelpText('after', examples('live-mem bank repair alpha', 'live-mem bank repair alpha --yes'))
    .action((space: string, { yes = false }: Options) =>
      session.answer({
        tool: (tools) => tools.bank_repair,
        input: { space_id: space, dry_run: !yes },
        show: showRepair,
      }),
    );
}

function showRepair({ renamed, removed, kept, commit, dry_run }: AnswerOf<'bank_repair'>, page: Page): string {
  const { paint } = page;
  const shown = (name: string): string => page.text(JSON.stringify(name).replaceAll(/[\p{Cf}\p{Zs}]/gu, codeOf));
  const lines = [
    ...renamed.map(({ from, to }) => `${shown(from)} → ${page.text(to)}`),
    ...removed.map(({ filename, same_as }) => `${shown(filename)} goes: ${page.text(same_as)} says the same`),
    ...kept.map((name) => `${paint.warn('!')} ${shown(name)}: no rule mends it; read it, write it under another name`),
  ];
  if (lines.length === 0) return 'All names are as they should be.';
  const hint = dry_run
    ? 'Nothing was changed. Add --yes to do it.'
    : `${paint.good('✓')} Done, as commit ${commit ?? '-'}.`;
  return [...lines, hint].join('\n');
}

/** What nobody sees, as its code. */
function codeOf(char: string): string {
  return char === ' ' ? char : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}
