import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { commaList, examples, permissionWords } from './options.ts';

interface Options {
  readonly permissions?: readonly string[];
  readonly spaces?: readonly string[];
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
  readonly email?: string;
}

/** `live-mem token update` */
export function addTokenUpdate(parent: Command, session: Session): void {
  parent
    .command('update')
    .description('Changes what a token may do, and where. What is not given stays.')
    .argument('<hash>', 'at least 16 digits of its hash, see token list')
    .option('-p, --permissions <list>', permissionWords, commaList)
    .option('-s, --spaces <list>', 'all its spaces from now on; all: those of today', commaList)
    .option('--add <list>', 'spaces to add', commaList)
    .option('--remove <list>', 'spaces to remove', commaList)
    .option('--email <address>', 'whom to ask about it')
    .addHelpText('after', examples('live-mem token update 9f86d081884c7d65 --add gamma --remove alpha'))
    .action((hash: string, { permissions, spaces, add = [], remove = [], email }: Options) =>
      session.answer({
        tool: (tools) => tools.admin_update_token,
        input: {
          token_hash: hash,
          permissions: permissions && [...permissions],
          space_ids: spaces && [...spaces],
          space_ids_add: [...add],
          space_ids_remove: [...remove],
          email,
        },
        show({ after }, page) {
          const spacesNow = after.space_ids.join(', ') || 'no space';
          return `${page.paint.good('✓')} ${page.text(after.name)} may ${after.permissions.join(', ')} in ${spacesNow}.`;
        },
      }),
    );
}
