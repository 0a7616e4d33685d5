import type { Command } from 'commander';
import { counted } from '../ago.ts';
import type { Session } from '../session.ts';
import { commaList, examples, permissionWords } from './options.ts';

interface Options {
  readonly names?: readonly string[];
  readonly name?: string;
  readonly space?: string;
  readonly permissions?: readonly string[];
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
  readonly email?: string;
  readonly revoked?: boolean;
}

/** `live-mem token bulk-update` */
export function addTokenBulkUpdate(parent: Command, session: Session): void {
  parent
    .command('bulk-update')
    .description('Changes all tokens that match, at once. What is not given stays.')
    .option('--names <list>', 'tokens of these names', commaList)
    .option('--name <text>', 'tokens whose name contains this')
    .option('--space <space>', 'tokens that may enter this space')
    .option('-p, --permissions <list>', permissionWords, commaList)
    .option('--add <list>', 'spaces to add', commaList)
    .option('--remove <list>', 'spaces to remove', commaList)
    .option('--email <address>', 'whom to ask about them')
    .option('--revoked', 'revoked ones too')
    .addHelpText('after', examples('live-mem token bulk-update --space alpha --add beta'))
    .action(({ names = [], name, space, permissions, add = [], remove = [], email, revoked = false }: Options) =>
      session.answer({
        tool: (tools) => tools.admin_bulk_update_tokens,
        input: {
          names: [...names],
          name_contains: name,
          has_space: space,
          permissions: permissions && [...permissions],
          space_ids_add: [...add],
          space_ids_remove: [...remove],
          email,
          include_revoked: revoked,
        },
        show: ({ updated, tokens }, page) => {
          const lines = tokens.map(
            ({ after }) => `  ${page.text(after.name)}: ${after.space_ids.join(', ') || 'no space'}`,
          );
          return [`${page.paint.good('✓')} ${counted(updated, 'token')} updated.`, ...lines].join('\n');
        },
      }),
    );
}
