import type { Command, CommanderError } from 'commander';
import { counted } from '../ago.ts';
import { CommandError } from '../command-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Page } from '../page.ts';
import { readText } from '../read-text.ts';
import type { Session } from '../session.ts';
import type { AnswerOf } from '../show/answers.ts';
import { examples } from './options.ts';

type Redaction = AnswerOf<'space_redact'>;

interface Options {
  readonly yes?: boolean;
}

const SHOWN = 10;

const about = `The secret is replaced by stars in live notes, documents, rules, the history and
the backups. This is the one act that changes the past: it cannot be undone, and
a commit says that it happened. Give the secret on stdin (-): as an argument it
stays in the history of your shell. Programs that have the memory open, such as
a server, may remember texts until they end. Where it is left all the same, for
instance in a name, the command says so and ends with 1.`;

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
    .exitOverride(withoutWords)
    .action(async (space: string, typed: string, { yes = false }: Options) => {
      // A file ends with a line end that is no part of the secret.
      const text = (await readText(session.io, { words: [typed] })).replace(/\r?\n$/, '');
      const show = (answer: Redaction, page: Page): string => showRedaction(answer, page, space);
      const input = { space_id: space, text, dry_run: !yes };
      const found = await session.call({ tool: (tools) => tools.space_redact, input, show });
      if (found.left) session.exitCode = exitCodes.partial;
      session.print(found, show);
    });
}

/** What was typed may be the secret: no error repeats it. */
function withoutWords(error: CommanderError): never {
  if (error.code !== 'commander.unknownOption' && error.code !== 'commander.excessArguments') throw error;
  throw new CommandError(
    'USAGE',
    'takes a space and one text: give a text with blanks or a dash in front on stdin (-)',
  );
}

function showRedaction(found: Redaction, page: Page, space: string): string {
  const { paint } = page;
  const named = found.names.map(
    (name) => `${paint.warn('!')} ${page.text(`${name}: its name holds the secret, and stays`)}`,
  );
  const left = leftIn(found, page);
  const places = placesOf(found);
  if (places.length === 0) {
    const head =
      named.length > 0 ? 'Only names hold it; write those documents under others.' : `${space} does not hold it.`;
    return [head, ...named, ...left].join('\n');
  }
  const list = places.map((place) => `  ${page.text(place)}`);
  const head = found.dry_run ? 'The secret is in:' : `${paint.good('✓')} The secret is taken out of:`;
  const next = found.dry_run
    ? 'Nothing was changed. Add --yes to take it out.'
    : 'Change the secret itself too: who read it knows it.';
  return [head, ...list, ...named, ...left, page.prose(next)].join('\n');
}

/** The first of what holds it still: to look at, not to scroll through. */
function leftIn({ left = [] }: Redaction, page: Page): string[] {
  const named = left.slice(0, SHOWN).map((key) => `${page.paint.bad('✗')} ${page.text(key)} holds it still`);
  return left.length > SHOWN ? [...named, `  and ${left.length - SHOWN} more`] : named;
}

function placesOf(found: Redaction): string[] {
  const files = found.backups.reduce((sum, { files: some }) => sum + some, 0);
  return [
    found.notes.length > 0 ? counted(found.notes.length, 'live note') : '',
    found.leftovers.length > 0 ? counted(found.leftovers.length, 'leftover file') : '',
    found.documents.length > 0 ? `${counted(found.documents.length, 'document')} (${found.documents.join(', ')})` : '',
    found.commits.length > 0 ? `${counted(found.commits.length, 'commit')} of the history` : '',
    files > 0 ? `${counted(files, 'file')} in ${counted(found.backups.length, 'backup')}` : '',
    found.meta ? 'what is said of the space' : '',
  ].filter((place) => place !== '');
}
