import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { addSpaceCreate } from './space-create.ts';
import { addSpaceDelete } from './space-delete.ts';
import { addSpaceExport } from './space-export.ts';
import { addSpaceInfo } from './space-info.ts';
import { addSpaceList } from './space-list.ts';
import { addSpaceRules } from './space-rules.ts';
import { addSpaceSummary } from './space-summary.ts';
import { addSpaceTemplates } from './space-templates.ts';
import { addSpaceUpdate } from './space-update.ts';
import { addSpaceUpdateRules } from './space-update-rules.ts';

/** `live-mem space …` */
export function spaceCommands(program: Command, session: Session): void {
  const space = program.command('space').helpCommand(false).description('Creates spaces, shows what they hold.');
  addSpaceCreate(space, session);
  addSpaceList(space, session);
  addSpaceInfo(space, session);
  addSpaceRules(space, session);
  addSpaceSummary(space, session);
  addSpaceUpdate(space, session);
  addSpaceUpdateRules(space, session);
  addSpaceTemplates(space, session);
  addSpaceExport(space, session);
  addSpaceDelete(space, session);
}
