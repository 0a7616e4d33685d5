import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { examples, wholeNumber } from './options.ts';

interface Options {
  readonly minNotes?: number;
  readonly minAgeDays?: number;
}

/** `live-mem bank stale` */
export function addBankStale(parent: Command, session: Session): void {
  parent
    .command('stale')
    .description('Lists spaces whose notes have been waiting for a consolidation.')
    .option('--min-notes <count>', 'live notes at least (default: 5)', wholeNumber('--min-notes'))
    .option('--min-age-days <days>', 'days since the oldest, at least (default: 5)', wholeNumber('--min-age-days'))
    .addHelpText('after', examples('live-mem bank stale', 'live-mem bank stale --min-notes 1 --min-age-days 1'))
    .action(({ minNotes, minAgeDays }: Options) =>
      session.answer({
        tool: (tools) => tools.bank_stale_spaces,
        input: { min_notes: minNotes, min_age_days: minAgeDays },
        show({ spaces, scanned }, page) {
          if (spaces.length === 0) return `No notes wait that long in ${scanned.length} spaces.`;
          const rows = spaces.map(({ space_id, notes, oldest_note, last_consolidation }) => [
            page.paint.bold(space_id),
            String(notes),
            page.ago(oldest_note),
            last_consolidation === undefined ? 'never' : page.ago(last_consolidation),
          ]);
          return page.table(['space', 'notes', 'oldest', 'consolidated'], rows);
        },
      }),
    );
}
