import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { addStoreCopy } from './store-copy.ts';

/** `live-mem store …` */
export function storeCommands(program: Command, session: Session): void {
  const store = program.command('store').helpCommand(false).description('Moves a whole memory between stores.');
  addStoreCopy(store, session);
}
