import type { ToolPermission, tools } from '@live-mem/tools';

/** Where a call goes. */
export interface Place {
  readonly space: string;
  /** Of that space. */
  readonly backup: string;
  /** Hash of some token. */
  readonly token: string;
}

/** What a call is about: only of a space, of a backup, or of neither can it be said what a stranger is answered. */
type Subject = 'space' | 'backup' | 'nothing';

/** One tool as the tests of the gate call it: what it takes to be let through, and an input that then succeeds. */
export interface TestCall {
  readonly name: keyof typeof tools;
  readonly needs: ToolPermission;
  readonly subject: Subject;
  readonly input: (place: Place) => Readonly<Record<string, unknown>>;
}

type Input = TestCall['input'];

const inSpace =
  (more: Readonly<Record<string, unknown>> = {}): Input =>
  ({ space }) => ({ space_id: space, ...more });
const ofBackup =
  (more: Readonly<Record<string, unknown>> = {}): Input =>
  ({ backup }) => ({ backup_id: backup, ...more });
const ofToken =
  (more: Readonly<Record<string, unknown>> = {}): Input =>
  ({ token }) => ({ token_hash: token, ...more });
const plain =
  (input: Readonly<Record<string, unknown>> = {}): Input =>
  () =>
    input;

const note = { category: 'todo', content: 'Two' };
const file = { filename: 'notes.md' };
const confirm = { confirm: true };

const rows: readonly (readonly [TestCall['name'], ToolPermission, Subject, Input])[] = [
  ['system_whoami', 'any', 'nothing', plain()],
  ['space_create', 'write', 'nothing', plain({ space_id: 'new' })],
  ['space_badge_mint', 'write', 'space', inSpace({ client_name: 'reviewer' })],
  ['space_update', 'write', 'space', inSpace({ description: 'Other' })],
  ['space_update_rules', 'manage', 'space', inSpace({ rules: '# Other\n' })],
  ['space_list', 'read', 'nothing', plain()],
  ['space_info', 'read', 'space', inSpace()],
  ['space_rules', 'read', 'space', inSpace()],
  ['space_summary', 'read', 'space', inSpace()],
  ['space_export', 'read', 'space', inSpace()],
  ['space_delete', 'manage', 'space', inSpace(confirm)],
  ['space_redact', 'manage', 'space', inSpace({ text: 'sesame', dry_run: false })],
  ['live_note', 'write', 'space', inSpace(note)],
  ['live_read', 'read', 'space', inSpace()],
  ['live_search', 'read', 'space', inSpace({ query: 'sesame' })],
  ['bank_read', 'read', 'space', inSpace(file)],
  ['bank_read_all', 'read', 'space', inSpace()],
  ['bank_list', 'read', 'space', inSpace()],
  ['bank_consolidate', 'write', 'space', inSpace()],
  ['bank_stale_spaces', 'read', 'nothing', ({ space }) => ({ space_ids: space, min_notes: 1, min_age_days: 0 })],
  ['bank_repair', 'manage', 'space', inSpace({ dry_run: false })],
  ['bank_write', 'manage', 'space', inSpace({ ...file, content: 'Other' })],
  ['bank_delete', 'manage', 'space', inSpace({ ...file, ...confirm })],
  ['bank_history', 'read', 'space', inSpace()],
  ['bank_diff', 'read', 'space', inSpace({ commit: 2 })],
  ['bank_trace', 'read', 'space', inSpace(file)],
  ['bank_undo', 'manage', 'space', inSpace({ commit: 2, ...confirm })],
  ['bank_trim', 'manage', 'space', inSpace({ dry_run: false })],
  ['backup_create', 'write', 'space', inSpace()],
  ['backup_list', 'read', 'nothing', inSpace()],
  ['backup_verify', 'read', 'backup', ofBackup()],
  ['backup_restore', 'manage', 'backup', ofBackup({ as: 'copy', ...confirm })],
  ['backup_download', 'read', 'backup', ofBackup()],
  ['backup_delete', 'manage', 'backup', ofBackup(confirm)],
  ['admin_create_token', 'admin', 'nothing', plain({ name: 'root', permissions: 'admin' })],
  ['admin_list_tokens', 'admin', 'nothing', plain()],
  ['admin_revoke_token', 'admin', 'nothing', ofToken()],
  ['admin_delete_token', 'admin', 'nothing', ofToken()],
  ['admin_purge_tokens', 'admin', 'nothing', plain(confirm)],
  ['admin_update_token', 'admin', 'nothing', ofToken({ email: 'a@example.org' })],
  ['admin_bulk_update_tokens', 'admin', 'nothing', plain({ names: 'seeded', email: 'a@example.org' })],
  ['admin_gc_notes', 'admin', 'space', inSpace({ max_age_days: 0, ...confirm })],
];

/** A call of every tool. */
export const calls: readonly TestCall[] = rows.map(([name, needs, subject, input]) => ({
  name,
  needs,
  subject,
  input,
}));
