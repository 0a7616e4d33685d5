import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { showNewToken } from '../show/tokens.ts';
import { commaList, examples, permissionWords, wholeNumber } from './options.ts';

interface Options {
  readonly permissions: readonly string[];
  readonly spaces?: readonly string[];
  readonly expires?: number;
  readonly email?: string;
}

/** `live-mem token create` */
export function addTokenCreate(parent: Command, session: Session): void {
  parent
    .command('create')
    .description('Makes a token for an agent or a person. It is shown once.')
    .argument('<name>', 'the agent: notes and changes bear this name')
    .requiredOption('-p, --permissions <list>', `${permissionWords}; each includes those before`, commaList)
    .option('-s, --spaces <list>', 'spaces it may enter; all: those of today (default: none)', commaList)
    .option('--expires <days>', 'days it lives (default: for ever)', wholeNumber('--expires'))
    .option('--email <address>', 'whom to ask about it')
    .addHelpText(
      'after',
      examples(
        'live-mem token create cline --permissions read,write --spaces alpha,beta',
        'live-mem token create ann -p admin -s all --expires 90',
      ),
    )
    .action((name: string, { permissions, spaces = [], expires, email }: Options) =>
      session.answer({
        tool: (tools) => tools.admin_create_token,
        input: {
          name,
          permissions: [...permissions],
          space_ids: [...spaces],
          expires_in_days: expires,
          email,
        },
        show: (made, page) => showNewToken(made, page),
      }),
    );
}
