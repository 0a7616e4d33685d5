import { bytesToHex, randomBytes as machineBytes } from '@noble/hashes/utils.js';
import { type CreateBackup, createCreateBackup } from './backups/create-backup.ts';
import { createDeleteBackup, type DeleteBackup } from './backups/delete-backup.ts';
import { createDownloadBackup, type DownloadBackup } from './backups/download-backup.ts';
import { createListBackups, type ListBackups } from './backups/list-backups.ts';
import { createRestoreBackup, type RestoreBackup } from './backups/restore-backup.ts';
import type { Retention } from './backups/retention.ts';
import { createVerifyBackup, type VerifyBackup } from './backups/verify-backup.ts';
import { createDiffCommit, type DiffCommit } from './bank/diff-commit.ts';
import {
  createListBank,
  createReadBank,
  createReadDocument,
  type ListBank,
  type ReadBank,
  type ReadDocument,
} from './bank/read-bank.ts';
import { createReadHistory, type ReadHistory } from './bank/read-history.ts';
import { createRepairNames, type RepairNames } from './bank/repair-names.ts';
import { createTraceDocument, type TraceDocument } from './bank/trace-document.ts';
import { createTrimLog, type TrimLog } from './bank/trim-log.ts';
import { createUndo, type Undo } from './bank/undo.ts';
import {
  createDeleteDocument,
  createWriteDocument,
  type DeleteDocument,
  type WriteDocument,
} from './bank/write-document.ts';
import { type Consolidate, createConsolidate } from './consolidation/consolidate.ts';
import { createParts } from './log/open-space.ts';
import { createGcNotes, type GcNotes } from './notes/gc-notes.ts';
import { createImportNotes, type ImportNotes } from './notes/import-notes.ts';
import { createReadNotes, type ReadNotes } from './notes/read-notes.ts';
import { createSearchNotes, type SearchNotes } from './notes/search-notes.ts';
import { createWriteNote, type WriteNote } from './notes/write-note.ts';
import type { Clock } from './ports/clock.ts';
import type { Consolidator } from './ports/consolidator.ts';
import type { NewId } from './ports/ids.ts';
import { type Logger, silentLogger } from './ports/logger.ts';
import type { ObjectStore } from './ports/object-store.ts';
import type { RandomBytes } from './ports/random-bytes.ts';
import { createRedactSpace, type RedactSpace } from './redaction/redact-space.ts';
import { type CreateSpace, createCreateSpace } from './spaces/create-space.ts';
import { createDeleteSpace, type DeleteSpace } from './spaces/delete-space.ts';
import {
  createListSpaces,
  createSpaceInfo,
  createSpaceRules,
  createSummarizeSpace,
  type ListSpaces,
  type SpaceInfo,
  type SpaceRules,
  type SummarizeSpace,
} from './spaces/describe-space.ts';
import { createExportSpace, type ExportSpace } from './spaces/export-space.ts';
import { createStaleSpaces, type StaleSpaces } from './spaces/stale-spaces.ts';
import { createUpdateRules, type UpdateRules } from './spaces/update-rules.ts';
import { createUpdateSpace, type UpdateSpace } from './spaces/update-space.ts';

import { type Authenticate, type Authorize, createAuthenticate, createAuthorize } from './tokens/authorize.ts';
import {
  type CreateFirstToken,
  type CreateToken,
  createCreateFirstToken,
  createCreateToken,
} from './tokens/create-token.ts';
import { createListTokens, type ListTokens } from './tokens/list-tokens.ts';
import { createMintBadge, type MintBadge } from './tokens/mint-badge.ts';
import {
  createDeleteToken,
  createPurgeTokens,
  createRevokeToken,
  type DeleteToken,
  type PurgeTokens,
  type RevokeToken,
} from './tokens/revoke-tokens.ts';
import { createUpdateToken, createUpdateTokens, type UpdateToken, type UpdateTokens } from './tokens/update-tokens.ts';

/** What a memory is made of. */
export interface LiveMemoryParts {
  readonly store: ObjectStore;
  readonly consolidator: Consolidator;
  /** The machine's clock, where none is given. */
  readonly clock?: Clock | undefined;
  /** Random, where none is given. */
  readonly newId?: NewId | undefined;
  /** Silent, where none is given. */
  readonly logger?: Logger | undefined;
  /** Of the machine, where none is given. */
  readonly randomBytes?: RandomBytes | undefined;
  /** Creates the first administrator, and nothing else; 32 to 512 characters. Absent: only whoever holds the store makes tokens. */
  readonly bootstrapKey?: string | undefined;
  /** How many backups of a space are kept; the newest 5, where it is not said. */
  readonly retention?: Retention | undefined;
}

/** A shared memory: everything agents and their operators can do with it. */
export interface LiveMemory {
  readonly spaces: {
    readonly create: CreateSpace;
    readonly list: ListSpaces;
    readonly info: SpaceInfo;
    readonly rules: SpaceRules;
    readonly summary: SummarizeSpace;
    readonly update: UpdateSpace;
    readonly updateRules: UpdateRules;
    readonly delete: DeleteSpace;
    readonly stale: StaleSpaces;
    readonly export: ExportSpace;
    readonly redact: RedactSpace;
  };
  readonly notes: {
    readonly write: WriteNote;
    readonly read: ReadNotes;
    readonly import: ImportNotes;
    readonly search: SearchNotes;
    readonly gc: GcNotes;
  };
  readonly bank: {
    readonly read: ReadDocument;
    readonly readAll: ReadBank;
    readonly list: ListBank;
    readonly write: WriteDocument;
    readonly delete: DeleteDocument;
    readonly history: ReadHistory;
    readonly diff: DiffCommit;
    readonly trace: TraceDocument;
    readonly trim: TrimLog;
    readonly repair: RepairNames;
    readonly undo: Undo;
    readonly consolidate: Consolidate;
  };
  readonly backups: {
    readonly create: CreateBackup;
    readonly list: ListBackups;
    readonly verify: VerifyBackup;
    readonly restore: RestoreBackup;
    readonly download: DownloadBackup;
    readonly delete: DeleteBackup;
  };
  readonly tokens: {
    readonly authenticate: Authenticate;
    readonly authorize: Authorize;
    readonly create: CreateToken;
    readonly createFirst: CreateFirstToken;
    readonly list: ListTokens;
    readonly revoke: RevokeToken;
    readonly delete: DeleteToken;
    readonly purge: PurgeTokens;
    readonly update: UpdateToken;
    readonly updateMany: UpdateTokens;
    readonly mintBadge: MintBadge;
  };
}

/**
 * The memory over a store, whole. Keeps caches only: any number of them, in any number of processes, may work on one store.
 * @example
 * ```ts
 * const memory = createLiveMemory({ store, consolidator });
 * await memory.spaces.create({ space: 'alpha', actor: 'me' });
 * await memory.notes.write({ space: 'alpha', agent: 'cline', category: 'decision', content: 'We keep everything in S3.' });
 * await memory.bank.consolidate({ space: 'alpha', actor: 'me' });
 * ```
 */
export function createLiveMemory({ store, consolidator, ...ports }: LiveMemoryParts): LiveMemory {
  const { clock = systemClock, newId = randomId, logger = silentLogger, randomBytes = machineBytes } = ports;
  const parts = createParts({ store, clock, newId, logger, randomBytes });
  const { retention = { count: 5, days: 0 } } = ports;
  const authenticate = createAuthenticate(parts, ports.bootstrapKey);
  return {
    spaces: {
      create: createCreateSpace(parts),
      list: createListSpaces(parts),
      info: createSpaceInfo(parts),
      rules: createSpaceRules(parts),
      summary: createSummarizeSpace(parts),
      update: createUpdateSpace(parts),
      updateRules: createUpdateRules(parts),
      delete: createDeleteSpace(parts),
      stale: createStaleSpaces(parts),
      export: createExportSpace(parts),
      redact: createRedactSpace(parts),
    },
    notes: {
      write: createWriteNote(parts),
      read: createReadNotes(parts),
      import: createImportNotes(parts),
      search: createSearchNotes(parts),
      gc: createGcNotes(parts, consolidator),
    },
    bank: {
      read: createReadDocument(parts),
      readAll: createReadBank(parts),
      list: createListBank(parts),
      write: createWriteDocument(parts),
      delete: createDeleteDocument(parts),
      history: createReadHistory(parts),
      diff: createDiffCommit(parts),
      trace: createTraceDocument(parts),
      trim: createTrimLog(parts),
      repair: createRepairNames(parts),
      undo: createUndo(parts),
      consolidate: createConsolidate(parts, consolidator),
    },
    backups: {
      create: createCreateBackup(parts, retention),
      list: createListBackups(parts),
      verify: createVerifyBackup(parts),
      restore: createRestoreBackup(parts),
      download: createDownloadBackup(parts),
      delete: createDeleteBackup(parts),
    },
    tokens: {
      authenticate,
      authorize: createAuthorize(authenticate),
      create: createCreateToken(parts),
      createFirst: createCreateFirstToken(parts),
      list: createListTokens(parts),
      revoke: createRevokeToken(parts),
      delete: createDeleteToken(parts),
      purge: createPurgeTokens(parts),
      update: createUpdateToken(parts),
      updateMany: createUpdateTokens(parts),
      mintBadge: createMintBadge(parts),
    },
  };
}

function randomId(): string {
  return bytesToHex(machineBytes(16));
}

let latest = 0;

/** ECMAScript has one clock only: it is kept from going back. */
const systemClock: Clock = {
  now: () => Date.now(),
  monotonic() {
    latest = Math.max(latest, Date.now());
    return latest;
  },
};
