import { bytesToHex, randomBytes } from '@noble/hashes/utils.js';
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
import { createUndo, type Undo } from './bank/undo.ts';
import {
  createDeleteDocument,
  createWriteDocument,
  type DeleteDocument,
  type WriteDocument,
} from './bank/write-document.ts';
import { type Consolidate, createConsolidate } from './consolidation/consolidate.ts';
import { createParts } from './log/open-space.ts';
import { createImportNotes, type ImportNotes } from './notes/import-notes.ts';
import { createReadNotes, type ReadNotes } from './notes/read-notes.ts';
import { createSearchNotes, type SearchNotes } from './notes/search-notes.ts';
import { createWriteNote, type WriteNote } from './notes/write-note.ts';
import type { Clock } from './ports/clock.ts';
import type { Consolidator } from './ports/consolidator.ts';
import type { NewId } from './ports/ids.ts';
import { type Logger, silentLogger } from './ports/logger.ts';
import type { ObjectStore } from './ports/object-store.ts';
import { type CreateSpace, createCreateSpace } from './spaces/create-space.ts';
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
}

/** A shared memory: everything agents and their operators can do with it. */
export interface LiveMemory {
  readonly spaces: {
    readonly create: CreateSpace;
    readonly list: ListSpaces;
    readonly info: SpaceInfo;
    readonly rules: SpaceRules;
    readonly summary: SummarizeSpace;
  };
  readonly notes: {
    readonly write: WriteNote;
    readonly read: ReadNotes;
    readonly import: ImportNotes;
    readonly search: SearchNotes;
  };
  readonly bank: {
    readonly read: ReadDocument;
    readonly readAll: ReadBank;
    readonly list: ListBank;
    readonly write: WriteDocument;
    readonly delete: DeleteDocument;
    readonly history: ReadHistory;
    readonly diff: DiffCommit;
    readonly undo: Undo;
    readonly consolidate: Consolidate;
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
  const { clock = systemClock, newId = randomId, logger = silentLogger } = ports;
  const parts = createParts({ store, clock, newId, logger });
  return {
    spaces: {
      create: createCreateSpace(parts),
      list: createListSpaces(parts),
      info: createSpaceInfo(parts),
      rules: createSpaceRules(parts),
      summary: createSummarizeSpace(parts),
    },
    notes: {
      write: createWriteNote(parts),
      read: createReadNotes(parts),
      import: createImportNotes(parts),
      search: createSearchNotes(parts),
    },
    bank: {
      read: createReadDocument(parts),
      readAll: createReadBank(parts),
      list: createListBank(parts),
      write: createWriteDocument(parts),
      delete: createDeleteDocument(parts),
      history: createReadHistory(parts),
      diff: createDiffCommit(parts),
      undo: createUndo(parts),
      consolidate: createConsolidate(parts, consolidator),
    },
  };
}

function randomId(): string {
  return bytesToHex(randomBytes(16));
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
