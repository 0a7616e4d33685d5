import { readTexts, readTextsAsOf } from '../bank/read-texts.ts';
import { SpaceNotFoundError, TooLargeError } from '../errors.ts';
import { type Change, change, loggedHead } from '../log/change.ts';
import type { Commit } from '../log/commit.ts';
import type { Draft } from '../log/compose-commit.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { type DocumentPath, filenameOfPath, pathOfFilename, RULES, SYNTHESIS } from '../log/space-keys.ts';
import { formatInstant } from '../notes/instant.ts';
import type { StoredNote } from '../notes/note.ts';
import type { Consolidator } from '../ports/consolidator.ts';
import { ask, noteId, requestOf } from './ask.ts';
import type { Judged } from './judgement.ts';
import type { ConsolidationProgress, Tally } from './report.ts';

/** One consolidation under way. */
export interface Run {
  readonly parts: Parts;
  readonly consolidator: Consolidator;
  readonly space: OpenSpace;
  readonly actor: string;
  readonly dryRun: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ConsolidationProgress) => void) | undefined;
  readonly tally: Tally;
  readonly total: number;
  /** The commit as of which the notes are live. */
  readonly since: number;
  /** Texts a dry run would have written. */
  readonly unwritten: Map<DocumentPath, string | null>;
}

/** @returns why no proposal for these notes was fit to be committed; undefined where one was, or nothing was left to do */
export async function consolidateBatch(run: Run, batch: readonly StoredNote[]): Promise<string | undefined> {
  let unusable: string | undefined;
  let judged: { readonly draft: Draft; readonly operations: number } | undefined;
  async function propose(head: Commit): Promise<Draft | undefined> {
    const outcome = await draftOf(run, head, batch);
    unusable = typeof outcome === 'string' ? outcome : undefined;
    judged = typeof outcome === 'string' ? undefined : outcome;
    return judged?.draft;
  }
  try {
    const commit = await commitOrTry(run, propose);
    if (judged && (commit || run.dryRun)) count(run, judged, commit);
    return unusable;
  } catch (error) {
    // Fewer notes may fit.
    if (error instanceof TooLargeError) return error.message;
    throw error;
  }
}

async function commitOrTry(run: Run, propose: Change['propose']): Promise<Commit | undefined> {
  const { parts, space, dryRun } = run;
  if (!dryRun) return change(parts, space, { op: parts.newId(), propose });
  await propose(await currentOf(run));
  return undefined;
}

/** The head to work on; a space without a log gets one, unless nothing may be written. */
export async function currentOf({ parts, space, dryRun }: Run): Promise<Commit> {
  return dryRun ? (await readTexts(parts, space, [])).head : loggedHead(parts, space);
}

/** What to commit for those of the notes that are still live; undefined where none is, the faults where no proposal was usable. */
async function draftOf(
  run: Run,
  head: Commit,
  batch: readonly StoredNote[],
): Promise<{ draft: Draft; operations: number } | string | undefined> {
  const { parts, signal, tally } = run;
  const notes = await stillLive(run, head, batch);
  if (notes.length === 0) return undefined;
  const material = { ...(await materialOf(run, head)), notes };
  const request = requestOf(material, parts.newId);
  const answer = await ask(run.consolidator, request, tally, { signal });
  if (!('fates' in answer)) return answer.map(({ reason }) => reason).join('; ');
  const draft = await composeDraft(run, head, material, answer);
  return { draft, operations: answer.operations };
}

/** Another consolidation may have taken some of them since they were read. */
async function stillLive(
  { space, since, tally }: Run,
  head: Commit,
  batch: readonly StoredNote[],
): Promise<readonly StoredNote[]> {
  const passed = await space.log.range(since + 1, head.n);
  // The notes are those of a space that was deleted; its name means another one now.
  if (passed.some(({ kind }) => kind === 'create' || kind === 'restore')) throw new SpaceNotFoundError(space.id);
  const gone = new Set(passed.flatMap(({ consumed }) => consumed.map(({ key }) => key)));
  for (const { filename } of batch) if (gone.has(filename)) tally.taken.add(filename);
  return batch.filter(({ filename }) => !gone.has(filename));
}

/** The texts to work on, as of a head. */
export async function materialOf(
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
  { parts, actor, tally }: Run,
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
    actor,
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
  { tally, unwritten, dryRun }: Run,
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
    if (dryRun) unwritten.set(path, text);
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
