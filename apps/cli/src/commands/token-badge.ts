import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { showNewToken } from '../show/tokens.ts';
import { examples } from './options.ts';

/** `live-mem token badge` */
export function addTokenBadge(parent: Command, session: Session): void {
  parent
    .command('badge')
    .description('Makes a token for one agent in one space, for 24 hours. It is shown once.')
    .argument('<space>', 'id of the space')
    .argument('<agent>', 'the agent that gets it')
    .addHelpText('after', examples('live-mem token badge alpha reviewer'))
    .action((space: string, agent: string) =>
      session.answer({
        tool: (tools) => tools.space_badge_mint,
        input: { space_id: space, client_name: agent },
        show: (badge, page) =>
          showNewToken({ ...badge, name: agent, permissions: ['read', 'write'], space_ids: [space] }, page),
      }),
    );
}
