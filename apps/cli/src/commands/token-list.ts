import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { showTokens } from '../show/tokens.ts';
import { examples, wholeNumber } from './options.ts';

interface Options {
  readonly name?: string;
  readonly space?: string;
  readonly active?: boolean;
  readonly limit?: number;
  readonly cursor?: string;
}

/** `live-mem token list` */
export function addTokenList(parent: Command, session: Session): void {
  parent
    .command('list')
    .description('Lists tokens: who may do what, and where. The tokens themselves are stored nowhere.')
    .option('--name <text>', 'only tokens whose name contains this')
    .option('--space <space>', 'only tokens that may enter this space')
    .option('--active', 'leave revoked ones out')
    .option('-n, --limit <count>', 'tokens on a page, 1 to 500 (default: 100)', wholeNumber('--limit'))
    .option('--cursor <hash>', 'go on where the page before ended')
    .addHelpText('after', examples('live-mem token list', 'live-mem token list --space alpha --active'))
    .action(({ name, space, active = false, limit, cursor }: Options) =>
      session.answer({
        tool: (tools) => tools.admin_list_tokens,
        input: { name_contains: name, has_space: space, include_revoked: !active, limit, cursor },
        show: showTokens,
      }),
    );
}
