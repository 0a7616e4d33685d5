import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { addTokenBadge } from './token-badge.ts';
import { addTokenBulkUpdate } from './token-bulk-update.ts';
import { addTokenCreate } from './token-create.ts';
import { addTokenDelete } from './token-delete.ts';
import { addTokenList } from './token-list.ts';
import { addTokenPurge } from './token-purge.ts';
import { addTokenRevoke } from './token-revoke.ts';
import { addTokenUpdate } from './token-update.ts';

/** `live-mem token …` */
export function tokenCommands(program: Command, session: Session): void {
  const token = program.command('token').helpCommand(false).description('Makes tokens: who may enter which spaces.');
  addTokenCreate(token, session);
  addTokenBadge(token, session);
  addTokenList(token, session);
  addTokenUpdate(token, session);
  addTokenBulkUpdate(token, session);
  addTokenRevoke(token, session);
  addTokenDelete(token, session);
  addTokenPurge(token, session);
}
