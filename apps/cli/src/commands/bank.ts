import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { addBankConsolidate } from './bank-consolidate.ts';
import { addBankDelete } from './bank-delete.ts';
import { addBankDiff } from './bank-diff.ts';
import { addBankHistory } from './bank-history.ts';
import { addBankList } from './bank-list.ts';
import { addBankRead } from './bank-read.ts';
import { addBankRepair } from './bank-repair.ts';
import { addBankStale } from './bank-stale.ts';
import { addBankTrace } from './bank-trace.ts';
import { addBankTrim } from './bank-trim.ts';
import { addBankUndo } from './bank-undo.ts';
import { addBankWrite } from './bank-write.ts';

/** `live-mem bank …` */
export function bankCommands(program: Command, session: Session): void {
  const bank = program
    .command('bank')
    .helpCommand(false)
    .description('Turns notes into documents, shows them and what changed.');
  addBankRead(bank, session);
  addBankList(bank, session);
  addBankConsolidate(bank, session);
  addBankWrite(bank, session);
  addBankDelete(bank, session);
  addBankHistory(bank, session);
  addBankDiff(bank, session);
  addBankTrace(bank, session);
  addBankUndo(bank, session);
  addBankStale(bank, session);
  addBankRepair(bank, session);
  addBankTrim(bank, session);
}
