import { z } from 'zod';
import { readTexts } from '../bank/read-texts.ts';
import { CancelledError, LiveMemoryError } from '../errors.ts';
import type { Parts } from '../log/open-space.ts';
import { filenameOfPath, SYNTHESIS } from '../log/space-keys.ts';
import { readLiveNotes } from '../notes/live-notes.ts';
import { agentName, LIBRARY, type StoredNote } from '../notes/note.ts';
import type { Consolidator } from '../ports/consolidator.ts';
import { spaceId } from '../spaces/space.ts';
import { utf8Length } from '../text.ts';
import { validate } from '../validate.ts';
import { batchesOf } from './batches.ts';
import { consolidateBatch, currentOf, materialOf, type Run } from './consolidate-batch.ts';
import { type ConsolidationProgress, type ConsolidationReport, finishReport, startTally } from './report.ts';

/** What {@link Consolidate} takes. */
export interface ConsolidateInput {
  readonly space: string;
  /** Only the notes of this agent: the name in the note, whole. Absent: all. */
  readonly agent?: string | undefined;
  /** Who asks; the agent, where none is named. */
  readonly actor?: string | undefined;
  /** Propose and judge, but write nothing. */
  readonly dryRun?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called before the first batch and after each. */
  readonly onProgress?: ((progress: ConsolidationProgress) => void) | undefined;
}

/**
 * Turns live notes into bank, oldest first, in batches of at most 200. Each batch is one commit: its notes are in the bank or
 * discarded, with the reason, in the very moment they stop being live. A batch without a usable proposal is halved; a note that
 * cannot be integrated alone stays live, set aside. What was committed before a failure stays, and the report says so.
 *
 * Cost: the live notes and the bank once; for each batch the consolidator's answer and {@link change}.
 * @throws {@link SpaceNotFoundError}
 * @throws {@link ConsolidatorUnavailableError} {@link ConsolidatorRefusedError} {@link CancelledError} before anything was committed
 */
export type Consolidate = (input: ConsolidateInput) => Promise<ConsolidationReport>;

const inputSchema = z.strictObject({
  space: spaceId,
  agent: agentName.optional(),
  actor: agentName.optional(),
  dryRun: z.boolean().default(false),
  signal: z.custom<AbortSignal>().optional(),
  onProgress: z.custom<(progress: ConsolidationProgress) => void>().optional(),
});

/** See {@link Consolidate}. */
export function createConsolidate(parts: Parts, consolidator: Consolidator): Consolidate {
  return async function consolidate(input) {
    const { agent, actor = agent ?? LIBRARY, ...options } = validate(inputSchema, input);
    const chooses = (note: StoredNote): boolean => agent === undefined || note.agent === agent;
    return consolidateNotes(parts, consolidator, { actor, ...options, chooses });
  };
}

/** A consolidation of chosen notes. */
export interface ConsolidateNotesInput {
  readonly space: string;
  readonly actor: string;
  readonly dryRun: boolean;
  /** Which of the live notes. */
  readonly chooses: (note: StoredNote) => boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ConsolidationProgress) => void) | undefined;
}

/** {@link Consolidate}, of exactly those notes that are chosen among the live ones. */
export async function consolidateNotes(
  parts: Parts,
  consolidator: Consolidator,
  { space: id, actor, chooses, ...options }: ConsolidateNotesInput,
): Promise<ConsolidationReport> {
  const began = parts.clock.monotonic();
  const space = parts.open(id);
  const tally = startTally();
  // Looking at the bank first takes edits by hand into the log; a dry run writes nothing, not even that.
  if (!options.dryRun) await readTexts(parts, space, 'all');
  const live = await readLiveNotes(parts, space);
  tally.warnings.push(...live.unreadable.map(({ reason }) => ({ kind: 'unreadable_note', detail: reason })));
  const notes = live.notes.filter(chooses);
  const [total, since] = [notes.length, live.head?.n ?? 1];
  const run: Run = { parts, consolidator, space, actor, ...options, tally, total, since, unwritten: new Map() };
  await workOff(run, batchesOf(notes));
  const { texts } = await materialOf(run, await currentOf(run));
  return finishReport(tally, {
    notes: total,
    filenames: [...texts.keys()].map(filenameOfPath).filter((filename) => filename !== undefined),
    synthesisSize: utf8Length(texts.get(SYNTHESIS) ?? ''),
    milliseconds: parts.clock.monotonic() - began,
    dryRun: options.dryRun,
  });
}

async function workOff(run: Run, batches: StoredNote[][]): Promise<void> {
  const { tally } = run;
  tally.batchesTotal = batches.length;
  tellProgress(run);
  try {
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      const unusable = await consolidateBatch(run, batch);
      if (unusable === undefined) tally.batchesDone++;
      else if (batch.length === 1) setAside(run, batch, unusable);
      else batches.unshift(...halves(batch));
      tally.batchesTotal = tally.batchesDone + batches.length;
      tellProgress(run);
    }
  } catch (error) {
    // What is committed stays, and whoever asked must hear of it.
    if (tally.batchesDone === 0 || !(error instanceof LiveMemoryError)) throw error;
    tally.warnings.push({ kind: error instanceof CancelledError ? 'cancelled' : 'stopped', detail: error.message });
  }
}

function halves(batch: readonly StoredNote[]): StoredNote[][] {
  const middle = Math.ceil(batch.length / 2);
  return [batch.slice(0, middle), batch.slice(middle)];
}

function setAside({ tally }: Run, batch: readonly StoredNote[], reason: string): void {
  tally.setAside.push(...batch.map(({ filename }) => ({ filename, reason })));
  tally.batchesDone++;
}

function tellProgress({ onProgress, tally, total }: Run): void {
  const { notesProcessed, setAside: aside, taken, batchesTotal, batchesDone } = tally;
  onProgress?.({ notesTotal: total, notesDone: notesProcessed + aside.length + taken.size, batchesTotal, batchesDone });
}
