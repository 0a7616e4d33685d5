import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { addBackupCreate } from './backup-create.ts';
import { addBackupDelete } from './backup-delete.ts';
import { addBackupDownload } from './backup-download.ts';
import { addBackupList } from './backup-list.ts';
import { addBackupRestore } from './backup-restore.ts';
import { addBackupVerify } from './backup-verify.ts';

/** `live-mem backup …` */
export function backupCommands(program: Command, session: Session): void {
  const backup = program.command('backup').helpCommand(false).description('Takes backups, verifies and restores them.');
  addBackupCreate(backup, session);
  addBackupList(backup, session);
  addBackupVerify(backup, session);
  addBackupRestore(backup, session);
  addBackupDownload(backup, session);
  addBackupDelete(backup, session);
}
