import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { addSpaceCreate } from './space-create.ts';
import { addSpaceInfo } from './space-info.ts';
import { addSpaceList } from './space-list.ts';
import { addSpaceRules } from './space-rules.ts';
import { addSpaceSummary } from './space-summary.ts';

/** `live-mem space …` */
export function spaceCommands(program: Command, session: Session): void {
  const space = program.command('space').helpCommand(false).description('Creates spaces, shows what they hold.');
  addSpaceCreate(space, session);
  addSpaceList(space, session);
  addSpaceInfo(space, session);
  addSpaceRules(space, session);
  addSpaceSummary(space, session);
}
