import type { Command } from 'commander';
import { bytes, counted } from '../ago.ts';
import type { Session } from '../session.ts';
import { examples, wholeNumber } from './options.ts';

interface Options {
  readonly yes?: boolean;
  readonly olderThanDays?: number;
}

/** `live-mem bank trim` */
export function addBankTrim(parent: Command, session: Session): void {
  parent
    .command('trim')
    .description('Takes the texts out of old changes, which then can be seen, not undone. Without --yes it says which.')
    .argument('<space>', 'id of the space')
    .option('--older-than-days <days>', 'at least 7 (default: 7)', wholeNumber('--older-than-days'))
    .option('-y, --yes', 'do it; it cannot be undone')
    .addHelpText('after', examples('live-mem bank trim alpha --older-than-days 90 --yes'))
    .action((space: string, { yes = false, olderThanDays }: Options) =>
      session.answer({
        tool: (tools) => tools.bank_trim,
        input: { space_id: space, older_than_days: olderThanDays, dry_run: !yes },
        show({ trimmed, kept, bytes_freed, dry_run }, { paint }) {
          if (trimmed.length === 0) return `Nothing to trim: ${counted(kept, 'change')} kept.`;
          const what = `${counted(trimmed.length, 'change')}, ${bytes(bytes_freed)}; ${kept} kept`;
          return dry_run
            ? `It would trim ${what}. Add --yes to do it: it cannot be undone.`
            : `${paint.good('✓')} Trimmed ${what}.`;
        },
      }),
    );
}
