import type { Command } from 'commander';
import { counted } from '../ago.ts';
import { readText } from '../read-text.ts';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

/** `live-mem note import` */
export function addNoteImport(parent: Command, session: Session): void {
  parent
    .command('import')
    .description(
      'Takes notes written elsewhere, under their own time and agent. All lines are checked first. An import that was interrupted is simply run again: no note is written twice.',
    )
    .argument('<space>', 'id of the space')
    .argument('<file>', 'JSON Lines: {"timestamp", "agent", "category", "tags", "content"} each; - is stdin')
    .addHelpText(
      'after',
      examples('live-mem note import alpha notes.jsonl', 'gunzip -c notes.jsonl.gz | live-mem note import alpha -'),
    )
    .action(importNotes);

  async function importNotes(space: string, file: string): Promise<void> {
    const text = await readText(session.io, { file });
    await session.answer({
      tool: async () => (await import('@live-mem/tools')).liveImport,
      input: { space_id: space, lines: text.split('\n') },
      doing: 'Importing',
      stopped: (done) =>
        // Those that were being written are finished after the count.
        `interrupted: at least ${counted(done, 'note')} of the file are there and stay; run the same command again to go on`,
      show({ lines, imported, already_there: there }, { paint }) {
        const before = there > 0 ? `, ${there} were there already` : '';
        const next = `live-mem bank consolidate ${space}`;
        return `${paint.good('✓')} ${counted(imported, 'note')} imported${before} (${counted(lines, 'line')}).\n  Next: ${paint.name(next)}`;
      },
    });
  }
}
