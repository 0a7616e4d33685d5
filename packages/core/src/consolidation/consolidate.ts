import { z } from 'zod';
import { readTexts, readTextsAsOf } from '../bank/read-texts.ts';
import { CancelledError, LiveMemoryError, SpaceNotFoundError } from '../errors.ts';
import { change, loggedHead } from '../log/change.ts';
import type { Commit } from '../log/commit.ts';
import type { Draft } from '../log/compose-commit.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { type DocumentPath, filenameOfPath, pathOfFilename, RULES, SYNTHESIS } from '../log/space-keys.ts';
import { formatInstant } from '../notes/instant.ts';
import { readLiveNotes } from '../notes/live-notes.ts';
import { agentName, type StoredNote } from '../notes/note.ts';
import type { Consolidator } from '../ports/consolidator.ts';
import { spaceId } from '../spaces/space.ts';
import { utf8Length } from '../text.ts';
import { validate } from '../validate.ts';
import { ask, noteId, requestOf } from './ask.ts';
import { batchesOf } from './batches.ts';
import type { Judged } from './judgement.ts';
import { type ConsolidationReport, finishReport, startTally, type Tally } from './report.ts';

export interface ConsolidateInput {
  readonly space: string;
  /** Only the notes of this agent: the name in the note, whole. Absent: all. */
  readonly agent?: string | undefined;
  /** Who asks. */
  readonly actor: string;
  /** Propose and judge, but write nothing. */
  readonly dryRun?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ConsolidationProgress) => void) | undefined;
}

export interface ConsolidationProgress {
  readonly notesTotal: number;
  readonly notesDone: number;
  readonly batchesTotal: number;
  readonly batchesDone: number;
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

interface Run {
  readonly parts: Parts;
  readonly consolidator: Consolidator;
  readonly space: OpenSpace;
  readonly input: ConsolidateInput;
  readonly tally: Tally;
  readonly total: number;
  /** The commit as of which the notes are live. */
  readonly since: number;
  /** Texts a dry run would have written. */
  readonly unwritten: Map<DocumentPath, string | null>;
}

const inputSchema = z.strictObject({ space: spaceId, agent: agentName.optional(), actor: agentName });

export function createConsolidate(parts: Parts, consolidator: Consolidator): Consolidate {
  return async function consolidate(input) {
    const {
      space: id,
      agent,
      actor,
    } = validate(inputSchema, { space: input.space, agent: input.agent, actor: input.actor });
    const began = parts.clock.monotonic();
    const space = parts.open(id);
    const tally = startTally();
    // Looking at the bank first takes edits by hand into the log; a dry run writes nothing, not even that.
    if (!input.dryRun) await readTexts(parts, space, 'all');
    const live = await readLiveNotes(parts, space);
    tally.warnings.push(...live.unreadable.map(({ reason }) => ({ kind: 'unreadable_note', detail: reason })));
    const notes = live.notes.filter((note) => agent === undefined || note.agent === agent);
    const [total, since] = [notes.length, live.head?.n ?? 1];
    const run: Run = {
      parts,
      consolidator,
      space,
      input: { ...input, actor },
      tally,
      total,
      since,
      unwritten: new Map(),
    };
    await workOff(run, batchesOf(notes));
    const { texts } = await materialOf(run, await currentOf(run));
    return finishReport(tally, {
      notes: total,
      filenames: [...texts.keys()].map(filenameOfPath).filter((filename) => filename !== undefined),
      synthesisSize: utf8Length(texts.get(SYNTHESIS) ?? ''),
      milliseconds: parts.clock.monotonic() - began,
      dryRun: input.dryRun ?? false,
    });
  };
}

async function workOff(run: Run, batches: StoredNote[][]): Promise<void> {
  const { tally } = run;
  tally.batchesTotal = batches.length;
  tellProgress(run);
  try {
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      const unusable = await workOffBatch(run, batch);
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

function tellProgress({ input, tally, total }: Run): void {
  const { notesProcessed, setAside: aside, batchesTotal, batchesDone } = tally;
  input.onProgress?.({ notesTotal: total, notesDone: notesProcessed + aside.length, batchesTotal, batchesDone });
}

/** @returns why no proposal for these notes was fit to be committed; undefined where one was, or nothing was left to do */
async function workOffBatch(run: Run, batch: readonly StoredNote[]): Promise<string | undefined> {
  let unusable: string | undefined;
  let judged: { readonly draft: Draft; readonly operations: number } | undefined;
  async function propose(head: Commit): Promise<Draft | undefined> {
    const outcome = await draftOf(run, head, batch);
    unusable = typeof outcome === 'string' ? outcome : undefined;
    judged = typeof outcome === 'string' ? undefined : outcome;
    return judged?.draft;
  }
  const commit = run.input.dryRun ? undefined : await change(run.parts, run.space, { op: run.parts.newId(), propose });
  if (run.input.dryRun) await propose(await currentOf(run));
  if (judged && (commit || run.input.dryRun)) count(run, judged, commit);
  return unusable;
}

async function currentOf({ parts, space, input }: Run): Promise<Commit> {
  return input.dryRun ? (await readTexts(parts, space, [])).head : loggedHead(parts, space);
}

/** What to commit for those of the notes that are still live; undefined where none is, the faults where no proposal was usable. */
async function draftOf(
  run: Run,
  head: Commit,
  batch: readonly StoredNote[],
): Promise<{ draft: Draft; operations: number } | string | undefined> {
  const { parts, input, tally } = run;
  const notes = await stillLive(run, head, batch);
  if (notes.length === 0) return undefined;
  const material = { ...(await materialOf(run, head)), notes };
  const request = requestOf(material, parts.newId);
  const answer = await ask(run.consolidator, request, tally, { signal: input.signal });
  if (!('fates' in answer)) return answer.map(({ reason }) => reason).join('; ');
  const draft = await composeDraft(run, head, material, answer);
  return { draft, operations: answer.operations };
}

/** Another consolidation may have taken some of them since they were read. */
async function stillLive(
  { space, since }: Run,
  head: Commit,
  batch: readonly StoredNote[],
): Promise<readonly StoredNote[]> {
  const passed = await space.log.range(since + 1, head.n);
  // The notes are those of a space that was deleted; its name means another one now.
  if (passed.some(({ kind }) => kind === 'create')) throw new SpaceNotFoundError(space.id);
  const gone = new Set(passed.flatMap(({ consumed }) => consumed.map(({ key }) => key)));
  return batch.filter(({ filename }) => !gone.has(filename));
}

async function materialOf(
  { space, unwritten }: Run,
  head: Commit,
): Promise<{ space: string; texts: Map<DocumentPath, string> }> {
  const texts = await readTextsAsOf(space, head, Object.keys(head.bank).toSorted());
  for (const [path, text] of unwritten) {
    if (text === null) texts.delete(path);
    else texts.set(path, text);
  }
  return { space: space.id, texts };
}

interface Worked {
  readonly texts: ReadonlyMap<DocumentPath, string>;
  readonly notes: readonly StoredNote[];
}

async function composeDraft(
  { parts, input, tally }: Run,
  head: Commit,
  { texts, notes }: Worked,
  answer: Judged,
): Promise<Draft> {
  const docs = new Map([...answer.documents].map(([filename, text]) => [pathOfFilename(filename), text]));
  if (answer.synthesis !== '' && answer.synthesis !== texts.get(SYNTHESIS)) docs.set(SYNTHESIS, answer.synthesis);
  const consumed = notes.map(({ filename, text }) => ({
    key: filename,
    text,
    fate: answer.fates.get(noteId(filename)) ?? lost,
  }));
  const first = tally.commits.length === 0 ? 1 : 0;
  return {
    kind: 'consolidate',
    actor: input.actor,
    docs,
    before: texts,
    restsOn: [RULES, SYNTHESIS],
    consumed,
    totals: {
      consolidations: head.totals.consolidations + first,
      notes: head.totals.notes + consumed.length,
      last_consolidation: formatInstant(await parts.storeTime()),
    },
  };
}

/** The judgement has made sure that every note has a fate. */
const lost = { fate: 'discarded', reason: 'no fate was told' } as const;

function count(
  { tally, unwritten, input }: Run,
  { draft, operations }: { draft: Draft; operations: number },
  commit: Commit | undefined,
): void {
  const consumed = draft.consumed ?? [];
  tally.notesProcessed += consumed.length;
  tally.operations += operations;
  if (commit) tally.commits.push(commit.n);
  for (const { key, fate } of consumed)
    if (fate.fate === 'discarded') tally.discarded.push({ filename: key, reason: fate.reason });
  for (const [path, text] of draft.docs) {
    const filename = filenameOfPath(path);
    if (filename !== undefined)
      tally.files.set(filename, fileFate(tally.files.get(filename), draft.before.has(path), text));
    if (input.dryRun) unwritten.set(path, text);
  }
}

function fileFate(
  earlier: string | undefined,
  existed: boolean,
  text: string | null,
): 'created' | 'updated' | 'deleted' {
  if (text === null) return 'deleted';
  return earlier === 'created' || !existed ? 'created' : 'updated';
}
