import { adminBulkUpdateTokens } from './admin/admin-bulk-update-tokens.ts';
import { adminCreateToken } from './admin/admin-create-token.ts';
import { adminDeleteToken } from './admin/admin-delete-token.ts';
import { adminGcNotes } from './admin/admin-gc-notes.ts';
import { adminListTokens } from './admin/admin-list-tokens.ts';
import { adminPurgeTokens } from './admin/admin-purge-tokens.ts';
import { adminRevokeToken } from './admin/admin-revoke-token.ts';
import { adminUpdateToken } from './admin/admin-update-token.ts';
import { backupCreate } from './backups/backup-create.ts';
import { backupDelete } from './backups/backup-delete.ts';
import { backupDownload } from './backups/backup-download.ts';
import { backupList } from './backups/backup-list.ts';
import { backupRestore } from './backups/backup-restore.ts';
import { backupVerify } from './backups/backup-verify.ts';
import { bankConsolidate } from './bank/bank-consolidate.ts';
import { bankDelete } from './bank/bank-delete.ts';
import { bankDiff } from './bank/bank-diff.ts';
import { bankHistory } from './bank/bank-history.ts';
import { bankList } from './bank/bank-list.ts';
import { bankRead } from './bank/bank-read.ts';
import { bankReadAll } from './bank/bank-read-all.ts';
import { bankRepair } from './bank/bank-repair.ts';
import { bankStaleSpaces } from './bank/bank-stale-spaces.ts';
import { bankTrace } from './bank/bank-trace.ts';
import { bankTrim } from './bank/bank-trim.ts';
import { bankUndo } from './bank/bank-undo.ts';
import { bankWrite } from './bank/bank-write.ts';
import { liveNote } from './notes/live-note.ts';
import { liveRead } from './notes/live-read.ts';
import { liveSearch } from './notes/live-search.ts';
import { spaceBadgeMint } from './spaces/space-badge-mint.ts';
import { spaceCreate } from './spaces/space-create.ts';
import { spaceDelete } from './spaces/space-delete.ts';
import { spaceExport } from './spaces/space-export.ts';
import { spaceInfo } from './spaces/space-info.ts';
import { spaceList } from './spaces/space-list.ts';
import { spaceRedact } from './spaces/space-redact.ts';
import { spaceRules } from './spaces/space-rules.ts';
import { spaceSummary } from './spaces/space-summary.ts';
import { spaceUpdate } from './spaces/space-update.ts';
import { spaceUpdateRules } from './spaces/space-update-rules.ts';
import { systemWhoami } from './system/system-whoami.ts';

/** What agents are offered, by name. */
export const tools = {
  system_whoami: systemWhoami,
  space_create: spaceCreate,
  space_badge_mint: spaceBadgeMint,
  space_update: spaceUpdate,
  space_update_rules: spaceUpdateRules,
  space_list: spaceList,
  space_info: spaceInfo,
  space_rules: spaceRules,
  space_summary: spaceSummary,
  space_export: spaceExport,
  space_delete: spaceDelete,
  space_redact: spaceRedact,
  live_note: liveNote,
  live_read: liveRead,
  live_search: liveSearch,
  bank_read: bankRead,
  bank_read_all: bankReadAll,
  bank_list: bankList,
  bank_consolidate: bankConsolidate,
  bank_stale_spaces: bankStaleSpaces,
  bank_repair: bankRepair,
  bank_write: bankWrite,
  bank_delete: bankDelete,
  bank_history: bankHistory,
  bank_diff: bankDiff,
  bank_trace: bankTrace,
  bank_undo: bankUndo,
  bank_trim: bankTrim,
  backup_create: backupCreate,
  backup_list: backupList,
  backup_verify: backupVerify,
  backup_restore: backupRestore,
  backup_download: backupDownload,
  backup_delete: backupDelete,
  admin_create_token: adminCreateToken,
  admin_list_tokens: adminListTokens,
  admin_revoke_token: adminRevokeToken,
  admin_delete_token: adminDeleteToken,
  admin_purge_tokens: adminPurgeTokens,
  admin_update_token: adminUpdateToken,
  admin_bulk_update_tokens: adminBulkUpdateTokens,
  admin_gc_notes: adminGcNotes,
} as const;
