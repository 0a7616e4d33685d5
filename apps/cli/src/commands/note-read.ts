import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { showNotes } from '../show/notes.ts';
import { addFilters, type FilterOptions, filtersOf } from './note-filters.ts';
import { examples } from './options.ts';

/** `live-mem note read` */
export function addNoteRead(parent: Command, session: Session): void {
  const command = parent
    .command('read')
    .description('Shows the notes that are not consolidated yet, newest first.')
    .argument('<space>', 'id of the space')
    .addHelpText(
      'after',
      examples(
        'live-mem note read alpha',
        'live-mem note read alpha -c todo -n 10',
        'live-mem note read alpha --since 2026-11-25',
      ),
    );
  addFilters(command, 'notes on a page, 1 to 500 (default: 50)').action((space: string, options: FilterOptions) =>
    session.answer({
      tool: (tools) => tools.live_read,
      input: { space_id: space, ...filtersOf(options) },
      show: showNotes,
    }),
  );
}
