import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

/** `live-mem token revoke` */
export function addTokenRevoke(parent: Command, session: Session): void {
  parent
    .command('revoke')
    .description('Ends a token for good; servers notice within 5 seconds. It stays listed.')
    .argument('<hash>', 'at least 16 digits of its hash, see token list')
    .addHelpText('after', examples('live-mem token revoke 9f86d081884c7d65'))
    .action((hash: string) =>
      session.answer({
        tool: (tools) => tools.admin_revoke_token,
        input: { token_hash: hash },
        show: ({ name }, page) => `${page.paint.good('✓')} The token of ${page.text(name)} is revoked.`,
      }),
    );
}
