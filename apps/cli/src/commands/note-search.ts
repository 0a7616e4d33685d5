import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { showHits } from '../show/notes.ts';
import { addFilters, type FilterOptions, filtersOf } from './note-filters.ts';
import { examples } from './options.ts';

/** `live-mem note search` */
export function addNoteSearch(parent: Command, session: Session): void {
  const command = parent
    .command('search')
    .description('Finds notes that hold a text, newest first; letter case does not matter.')
    .argument('<space>', 'id of the space')
    .argument('<query...>', 'the text, as it stands in the note or its tags')
    .addHelpText(
      'after',
      examples('live-mem note search alpha S3', 'live-mem note search alpha create if absent -c decision'),
    );
  addFilters(command, 'notes on a page, 1 to 100 (default: 20)').action(
    (space: string, query: readonly string[], options: FilterOptions) =>
      session.answer({
        tool: (tools) => tools.live_search,
        input: { space_id: space, query: query.join(' '), ...filtersOf(options) },
        show: showHits,
      }),
  );
}
