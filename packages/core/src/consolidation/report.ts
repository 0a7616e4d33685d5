import type { Fault } from './judgement.ts';

/** What one consolidation did. */
export interface ConsolidationReport {
  /** `partial`: some notes stayed live; `failed`: all of them did. */
  readonly status: 'ok' | 'partial' | 'failed';
  /** Notes that are in the bank now, or were discarded. */
  readonly notesProcessed: number;
  readonly notesSetAside: readonly NoteLeft[];
  readonly notesDiscarded: readonly NoteLeft[];
  readonly filesCreated: readonly string[];
  readonly filesUpdated: readonly string[];
  readonly filesDeleted: readonly string[];
  readonly filesUnchanged: readonly string[];
  readonly operationsApplied: number;
  /** Edits that were refused, in answers that were asked again as well. */
  readonly operationFailures: readonly Fault[];
  readonly warnings: readonly Warning[];
  /** Bytes. */
  readonly synthesisSize: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly batchesTotal: number;
  readonly batchesCompleted: number;
  readonly durationSeconds: number;
  /** Numbers of the commits made, in order. */
  readonly commits: readonly number[];
  /** Nothing was written. */
  readonly dryRun: boolean;
}

/** How far a consolidation has come. */
export interface ConsolidationProgress {
  readonly notesTotal: number;
  readonly notesDone: number;
  readonly batchesTotal: number;
  readonly batchesDone: number;
}

/** A note that is not in the bank, and why. */
export interface NoteLeft {
  readonly filename: string;
  readonly reason: string;
}

/** Something the caller should know, though notes were consolidated. */
export interface Warning {
  /** `unreadable_note`, `stopped`, `cancelled`. */
  readonly kind: string;
  readonly detail: string;
}

/** A report while it is being made. */
export interface Tally {
  notesProcessed: number;
  /** Notes that another consolidation put into the bank meanwhile. */
  readonly taken: Set<string>;
  readonly setAside: NoteLeft[];
  readonly discarded: NoteLeft[];
  /** File name → what became of it over the whole run. */
  readonly files: Map<string, 'created' | 'updated' | 'deleted'>;
  operations: number;
  readonly failures: Fault[];
  readonly warnings: Warning[];
  promptTokens: number;
  completionTokens: number;
  batchesTotal: number;
  batchesDone: number;
  readonly commits: number[];
}

/** The report of a run that has done nothing yet. */
export function startTally(): Tally {
  return {
    notesProcessed: 0,
    taken: new Set(),
    setAside: [],
    discarded: [],
    files: new Map(),
    operations: 0,
    failures: [],
    warnings: [],
    promptTokens: 0,
    completionTokens: 0,
    batchesTotal: 0,
    batchesDone: 0,
    commits: [],
  };
}

interface RunEnd {
  /** Notes there were to consolidate. */
  readonly notes: number;
  /** The bank at the end. */
  readonly filenames: readonly string[];
  readonly synthesisSize: number;
  readonly milliseconds: number;
  readonly dryRun: boolean;
}

/** The report of a run that is over. */
export function finishReport(
  tally: Tally,
  { notes, filenames, synthesisSize, milliseconds, dryRun }: RunEnd,
): ConsolidationReport {
  const which = (fate: string): string[] =>
    [...tally.files].filter(([, found]) => found === fate).map(([filename]) => filename);
  return {
    status: statusOf(tally, notes),
    notesProcessed: tally.notesProcessed,
    notesSetAside: tally.setAside,
    notesDiscarded: tally.discarded,
    filesCreated: which('created'),
    filesUpdated: which('updated'),
    filesDeleted: which('deleted'),
    filesUnchanged: filenames.filter((filename) => !tally.files.has(filename)),
    operationsApplied: tally.operations,
    operationFailures: tally.failures,
    warnings: tally.warnings,
    synthesisSize,
    promptTokens: tally.promptTokens,
    completionTokens: tally.completionTokens,
    batchesTotal: tally.batchesTotal,
    batchesCompleted: tally.batchesDone,
    durationSeconds: milliseconds / 1000,
    commits: tally.commits,
    dryRun,
  };
}

function statusOf({ notesProcessed, taken, warnings }: Tally, notes: number): ConsolidationReport['status'] {
  const left = notes - notesProcessed - taken.size;
  if (left === 0 && warnings.length === 0) return 'ok';
  return left > 0 && notesProcessed === 0 && taken.size === 0 ? 'failed' : 'partial';
}
