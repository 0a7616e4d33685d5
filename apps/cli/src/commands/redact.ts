import type { Command } from 'commander';
import { counted } from '../ago.ts';
import type { Page } from '../page.ts';
import { readText } from '../read-text.ts';
import type { Session } from '../session.ts';
import type { AnswerOf } from '../show/answers.ts';
import { examples } from './options.ts';

interface Options {
  readonly yes?: boolean;
}

const about = `The secret is replaced by stars in live notes, documents, rules, the history and
the backups. This is the one act that changes the past: it cannot be undone, and
a commit says that it happened. Give the secret on stdin (-): as an argument it
stays in the history of your shell. Programs that have the memory open, such as
a server, may remember texts until they end.`;

/** `live-mem redact` */
export function addRedact(parent: Command, session: Session): void {
  parent
    .command('redact')
    .description('Takes a secret out of a space. Without --yes it says where the secret is.')
    .argument('<space>', 'id of the space')
    .argument('<text>', 'the secret, taken literally; - is stdin')
    .option('-y, --yes', 'do it')
    .addHelpText('after', `\n${about}`)
    .addHelpText(
      'after',
      examples('live-mem redact alpha - < secret.txt', 'live-mem redact alpha - --yes < secret.txt'),
    )
    .action(async (space: string, typed: string, { yes = false }: Options) => {
      // A file ends with a line end that is no part of the secret.
      const text = (await readText(session.io, { words: [typed] })).replace(/\r?\n$/, '');
      await session.answer({
        tool: (tools) => tools.space_redact,
        input: { space_id: space, text, dry_run: !yes },
        show: (answer, page) => showRedaction(answer, page, space),
      });
    });
}

function showRedaction(found: AnswerOf<'space_redact'>, page: Page, space: string): string {
  const { paint } = page;
  const files = found.backups.reduce((sum, { files: some }) => sum + some, 0);
  const places = [
    found.notes.length > 0 ? counted(found.notes.length, 'live note') : '',
    found.documents.length > 0 ? `${counted(found.documents.length, 'document')} (${found.documents.join(', ')})` : '',
    found.commits.length > 0 ? `${counted(found.commits.length, 'commit')} of the history` : '',
    files > 0 ? `${counted(files, 'file')} in ${counted(found.backups.length, 'backup')}` : '',
    found.meta ? 'what is said of the space' : '',
  ].filter((place) => place !== '');
  const named = found.names.map(
    (name) => `${paint.warn('!')} ${page.text(`${name}: its name holds the secret, and stays`)}`,
  );
  if (places.length === 0) return [`${space} does not hold it.`, ...named].join('\n');
  const list = places.map((place) => `  ${page.text(place)}`);
  const head = found.dry_run ? 'The secret is in:' : `${paint.good('✓')} The secret is taken out of:`;
  const next = found.dry_run ? [page.prose('Nothing was changed. Add --yes to take it out.')] : [];
  const last = found.dry_run ? [] : [page.prose('Change the secret itself too: who read it knows it.')];
  return [head, ...list, ...named, ...next, ...last].join('\n');
}
