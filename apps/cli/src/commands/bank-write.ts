import type { Command } from 'commander';
import { bytes } from '../ago.ts';
import { readText } from '../read-text.ts';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

interface Options {
  readonly file?: string;
  readonly agent?: string;
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
    const content = await readText(session.io, { words, file: options.file });
    await session.answer({
      tool: (tools) => tools.bank_write,
      agent: options.agent,
      input: { space_id: space, filename, content },
      show({ status, size, commit, unchanged }, { paint }) {
        if (unchanged) return `${paint.good('✓')} ${filename} holds this text already; nothing was changed.`;
        const verb = status === 'created' ? 'Created' : 'Replaced';
        return `${paint.good('✓')} ${verb} ${paint.bold(filename)}, ${bytes(size)} (commit ${commit}).`;
      },
    });
  }
}
