import type { Command } from 'commander';
import { readText } from '../read-text.ts';
import type { Session } from '../session.ts';
import { categoryWords, examples, several } from './options.ts';

interface Options {
  readonly category: string;
  readonly tag?: readonly string[];
  readonly agent?: string;
  readonly requestId?: string;
  readonly file?: string;
}

/** `live-mem note write` */
export function addNoteWrite(parent: Command, session: Session): void {
  parent
    .command('write')
    .description('Leaves a note in a space. The text comes from the arguments, from a file, or from what is piped in.')
    .argument('<space>', 'id of the space')
    .argument('[content...]', 'the text, Markdown; - is stdin')
    .requiredOption('-c, --category <category>', categoryWords)
    .option('-t, --tag <tags>', 'words to find it by, separated by commas; may be given several times', several)
    .option('-a, --agent <name>', 'whose note it is (default: LIVE_MEM_AGENT, else your user name)')
    .option('-f, --file <path>', 'a file with the text; - is stdin')
    .option('--request-id <id>', 'makes a retry safe: the same id with the same text writes one note')
    .addHelpText(
      'after',
      examples(
        'live-mem note write alpha "We keep everything in S3" -c decision -t s3,storage',
        'git log -1 --format=%B | live-mem note write alpha -c progress',
        'live-mem note write alpha --file idea.md -c insight --agent cline',
      ),
    )
    .action(write);

  async function write(space: string, words: readonly string[], options: Options): Promise<void> {
    const content = await readText(session.io, { words, file: options.file });
    await session.answer({
      tool: (tools) => tools.live_note,
      agent: options.agent,
      input: {
        space_id: space,
        // The tool names the categories there are to whoever misses.
        category: options.category as 'decision',
        content: content.replace(/^\uFEFF/, '').replace(/\r?\n$/, ''),
        // The tool splits at commas.
        tags: (options.tag ?? []).join(','),
        request_id: options.requestId,
      },
      show: ({ filename, category, agent }, { paint }) =>
        `${paint.good('✓')} Noted: ${paint.bold(category)} by ${agent}\n  ${paint.dim(filename)}`,
    });
  }
}
