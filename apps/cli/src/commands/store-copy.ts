import type { Command } from 'commander';
import { bytes, counted } from '../ago.ts';
import type { Page } from '../page.ts';
import type { Session } from '../session.ts';
import type { CopyAnswer, CopyOptions } from '../store/run-copy.ts';
import { examples } from './options.ts';

const SHOWN = 10;

const about = `A place is a folder, or a file of settings like .env that names a store: only
what the file says counts, not the environment. The place that is left out is
the store of your settings.

Each object is read back and compared by SHA-256. A target that holds anything
else is refused before anything is written; --overwrite makes it equal to the
source all the same, also deleting what the source has not.

Servers may go on meanwhile: what they change is copied again. What they change
until the end is told; then end them, and run the command with --overwrite.`;

/** `live-mem store copy` */
export function addStoreCopy(parent: Command, session: Session): void {
  parent
    .command('copy')
    .description(
      'Copies a whole memory into another store, with its history, tokens and backups. Broken off, the same command goes on.',
    )
    .option('--from <place>', 'folder or file of settings to copy from')
    .option('--to <place>', 'folder, which may be new, or file of settings to copy into')
    .option('--overwrite', 'make the target equal to the source, whatever it holds')
    .option('-y, --yes', 'do not ask before something is written over')
    .addHelpText('after', `\n${about}`)
    .addHelpText(
      'after',
      examples(
        'live-mem store copy --to ./copy-of-my-memory',
        'live-mem store copy --from ./data --to bucket.env',
        'live-mem store copy --from old.env --to new.env --overwrite --yes',
      ),
    )
    .action(async (options: CopyOptions) => {
      const { runCopy } = await import('../store/run-copy.ts');
      session.print(await runCopy(session, options), showCopy);
    });
}

function showCopy(answer: CopyAnswer, page: Page): string {
  const { status, from, to, objects, total_size, copied, already_there, deleted, verified } = answer;
  const { paint } = page;
  const mark = status === 'ok' ? paint.good('✓') : paint.warn('!');
  const there = already_there > 0 ? `, ${already_there} were there already` : '';
  const gone = deleted > 0 ? `, ${deleted} deleted` : '';
  return [
    page.prose(`${mark} ${counted(objects, 'object')}, ${bytes(total_size)}: ${copied} copied${there}${gone}.`),
    page.table(
      [],
      [
        [`  ${paint.dim('from')}`, page.text(from)],
        [`  ${paint.dim('to')}`, page.text(to)],
        [`  ${paint.dim('verified')}`, `${verified} by SHA-256, read back`],
      ],
    ),
    ...troubles(answer, page),
  ].join('\n');
}

function troubles({ unreadable, changed_meanwhile: changed }: CopyAnswer, page: Page): string[] {
  const mark = page.paint.warn('!');
  const named = unreadable.slice(0, SHOWN).map((key) => `${mark} ${page.text(key)} is no text, and not copied`);
  const more = unreadable.length > SHOWN ? [`  and ${unreadable.length - SHOWN} more`] : [];
  const restless = page.prose(
    `${mark} ${counted(changed, 'object')} of the source changed until the end: end what writes to it, then run the command again with --overwrite.`,
  );
  return [...named, ...more, ...(changed > 0 ? [restless] : [])];
}
