import type { Command } from 'commander';
import { bytes } from '../ago.ts';
import { CommandError } from '../command-error.ts';
import { isTyped, readText } from '../read-text.ts';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

interface Options {
  readonly file?: string;
  readonly agent?: string;
  readonly allowEmpty?: boolean;
}

/** `live-mem bank write` */
export function addBankWrite(parent: Command, session: Session): void {
  parent
    .command('write')
    .description('Writes a document whole. What it replaces stays in the history.')
    .argument('<space>', 'id of the space')
    .argument('<file>', 'name of the document, for instance brief.md')
    .argument('[content...]', 'the whole text, Markdown; - is stdin')
    .option('-f, --file <path>', 'a file with the text; - is stdin')
    .option('--allow-empty', 'also take a file or a pipe that holds nothing: a command before it may have failed')
    .option('-a, --agent <name>', 'who writes (default: LIVE_MEM_AGENT, else your user name)')
    .addHelpText(
      'after',
      examples(
        'live-mem bank write alpha brief.md --file brief.md',
        'sed s/old/new/ a.md | live-mem bank write alpha a.md -',
      ),
    )
    .action(write);

  async function write(space: string, filename: string, words: readonly string[], options: Options): Promise<void> {
    const source = { words, file: options.file };
    const content = await readText(session.io, source);
    // `sed … missing | live-mem bank write a a.md -` must not empty the document. Who types "" means it.
    if (content.trim() === '' && !isTyped(source) && !options.allowEmpty) {
      const message = `no text came in: ${filename} stays as it is; --allow-empty writes it all the same`;
      throw new CommandError('EMPTY_TEXT', message);
    }
    await session.answer({
      tool: (tools) => tools.bank_write,
      agent: options.agent,
      input: { space_id: space, filename, content },
      show({ status, size, commit, unchanged, warning }, { paint, text }) {
        const verb = status === 'created' ? 'Created' : 'Replaced';
        const done = unchanged
          ? `${paint.good('✓')} ${filename} holds this text already; nothing was changed.`
          : `${paint.good('✓')} ${verb} ${paint.bold(filename)}, ${bytes(size)} (commit ${commit}).`;
        return warning === undefined ? done : `${done}\n${paint.warn('!')} ${text(warning)}`;
      },
    });
  }
}
