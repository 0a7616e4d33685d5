/**
 * The memory and everything a service needs to embed it.
 * @module @live-mem/core
 */
export type { BackupProgress, CreateBackup, CreateBackupInput, CreatedBackup } from './backups/create-backup.ts';
export type { BackupOnly, DeleteBackup } from './backups/delete-backup.ts';
export type { DownloadBackup } from './backups/download-backup.ts';
export type { BackupFacts, ListBackups, ListBackupsInput, ListedBackups } from './backups/list-backups.ts';
export type { RestoreBackup, RestoreBackupInput, RestoredSpace } from './backups/restore-backup.ts';
export type { Retention } from './backups/retention.ts';
export type { BackupProblem, VerifiedBackup, VerifyBackup } from './backups/verify-backup.ts';
export { applySectionEdits } from './bank/apply-section-edits.ts';
export type { DiffCommit, DiffCommitInput } from './bank/diff-commit.ts';
export type { SectionEdit } from './bank/edit.ts';
export type {
  Bank,
  BankDocument,
  ListBank,
  ListedBank,
  ListedBankDocument,
  ReadBank,
  ReadDocument,
  UnreadableDocument,
} from './bank/read-bank.ts';
export type { History, HistoryEntry, ReadHistory, ReadHistoryInput, UnreadableCommit } from './bank/read-history.ts';
export type { RepairedNames, RepairNames, RepairNamesInput } from './bank/repair-names.ts';
export { readSections, type Section } from './bank/sections.ts';
export type { Trace, TraceDocument, TraceDocumentInput, TracedCommit } from './bank/trace-document.ts';
export type { TracedNote } from './bank/traced-note.ts';
export type { TrimLog, TrimLogInput, TrimmedLog } from './bank/trim-log.ts';
export type { Undo, UndoInput, Undone } from './bank/undo.ts';
export type {
  DeleteDocument,
  DeleteDocumentInput,
  WriteDocument,
  WriteDocumentInput,
  WrittenDocument,
} from './bank/write-document.ts';
export type { Consolidate, ConsolidateInput } from './consolidation/consolidate.ts';
export type { Fault } from './consolidation/judgement.ts';
export {
  type NoteFate,
  type Proposal,
  type ProposedDocumentEdit,
  type ProposedEdit,
  type ProposedSectionEdit,
  proposalSchema,
} from './consolidation/proposal.ts';
export type { ConsolidationProgress, ConsolidationReport, NoteLeft, Warning } from './consolidation/report.ts';
export * from './errors.ts';
export { createLiveMemory, type LiveMemory, type LiveMemoryParts } from './live-memory.ts';
export type { CommitKind } from './log/commit.ts';
export type { FoundNotes } from './notes/find-notes.ts';
export type { CollectedNotes, GcNotes, GcNotesInput, OldNotes } from './notes/gc-notes.ts';
export type { ImportedNotes, ImportNotes, ImportNotesInput, ImportProgress } from './notes/import-notes.ts';
export { parseInstant } from './notes/instant.ts';
export type { UnreadableNote } from './notes/live-notes.ts';
export { type Category, categories, MAX_NOTE_CONTENT, type Note } from './notes/note.ts';
export { isNoteFilename } from './notes/note-key.ts';
export type { WrittenNote } from './notes/put-note.ts';
export type { NoteFilters, ReadNotes, ReadNotesInput } from './notes/read-notes.ts';
export type { FoundHits, NoteHit, SearchNotes, SearchNotesInput } from './notes/search-notes.ts';
export type { WriteNote, WriteNoteInput } from './notes/write-note.ts';
export { compareBytes } from './ports/byte-order.ts';
export type { Clock } from './ports/clock.ts';
export type {
  ConsolidationRequest,
  Consolidator,
  ConsolidatorLimits,
  ProposeOptions,
  RequestDocument,
  RequestNote,
} from './ports/consolidator.ts';
export type { NewId } from './ports/ids.ts';
export { type LogFields, type Logger, silentLogger } from './ports/logger.ts';
export { checkObjectBody, checkObjectKey } from './ports/object-key.ts';
export {
  LIST_PAGE,
  type ListedEntry,
  type ListedObject,
  type ListedPrefix,
  type ListOptions,
  type ObjectKey,
  type ObjectStore,
  type ReadAnswer,
  type StoredObject,
  type StoreProbe,
  type Version,
  type WriteCondition,
} from './ports/object-store.ts';
export type { RandomBytes } from './ports/random-bytes.ts';
export type { RedactedBackup } from './redaction/redact-backups.ts';
export type { Redaction, RedactSpace, RedactSpaceInput } from './redaction/redact-space.ts';
export type { CreatedSpace, CreateSpace, CreateSpaceInput } from './spaces/create-space.ts';
export type { DeleteSpace, DeleteSpaceInput } from './spaces/delete-space.ts';
export type {
  ListedSpaces,
  ListSpaces,
  ListSpacesInput,
  LiveStats,
  SpaceInfo,
  SpaceInfoAnswer,
  SpaceRules,
  SpaceSummary,
  SummarizeSpace,
} from './spaces/describe-space.ts';
export type { ExportedSpace, ExportSpace } from './spaces/export-space.ts';
export type { SpaceFile, SpaceFiles } from './spaces/space-file.ts';
export type { FoundStaleSpaces, StaleSpace, StaleSpaces, StaleSpacesInput } from './spaces/stale-spaces.ts';
export { defaultTemplate, rulesTemplates, type TemplateName } from './spaces/templates.ts';
export type { UpdateRules, UpdateRulesInput } from './spaces/update-rules.ts';
export type { UpdateSpace, UpdateSpaceInput } from './spaces/update-space.ts';
export { type CopyProgress, type CopyStoreInput, copyStore, type StoreCopy } from './stores/copy-store.ts';
export type { Authenticate, Authorize } from './tokens/authorize.ts';
export { allow, type Caller, mayEnter, ownerCaller } from './tokens/caller.ts';
export type { CreatedToken, CreateFirstToken, CreateToken, CreateTokenInput } from './tokens/create-token.ts';
export type { ListedTokens, ListTokens, ListTokensInput } from './tokens/list-tokens.ts';
export type { MintBadge, MintBadgeInput, MintedBadge } from './tokens/mint-badge.ts';
export { includesPermission, type Permission, permissions } from './tokens/permission.ts';
export type { DeleteToken, PurgeTokens, PurgeTokensInput, RevokeToken, TokenOnly } from './tokens/revoke-tokens.ts';
export type { TokenFacts, TokenState } from './tokens/token.ts';
export type {
  TokenChanges,
  UpdatedToken,
  UpdateToken,
  UpdateTokenInput,
  UpdateTokens,
  UpdateTokensInput,
} from './tokens/update-tokens.ts';
