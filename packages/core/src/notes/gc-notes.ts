import { z } from 'zod';
import { batchesOf } from '../consolidation/batches.ts';
import { consolidateNotes } from '../consolidation/consolidate.ts';
import type { ConsolidationProgress, ConsolidationReport } from '../consolidation/report.ts';
import { CancelledError } from '../errors.ts';
import { change } from '../log/change.ts';
import type { Commit } from '../log/commit.ts';
import type { Draft } from '../log/compose-commit.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import type { Consolidator } from '../ports/consolidator.ts';
import { spaceId } from '../spaces/space.ts';
import { utf8Length } from '../text.ts';
import { validate } from '../validate.ts';
import { readLiveNotes } from './live-notes.ts';
import { notTaken } from './not-taken.ts';
import { agentName, type Category, LIBRARY, type StoredNote } from './note.ts';

const DAY = 86_400_000;

/** What {@link GcNotes} takes. */
export interface GcNotesInput {
  readonly space: string;
  /** Notes at least so many days old, 0 to 36,500; 7. */
  readonly maxAgeDays?: number | undefined;
  /** Only of this agent: the name in the note, whole. */
  readonly agent?: string | undefined;
  /** `dry-run`: say which; `consolidate`: exactly those; `delete`: throw them away, which can be undone. */
  readonly mode: 'dry-run' | 'consolidate' | 'delete';
  /** Who asks. */
  readonly actor?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called as by a consolidation. */
  readonly onProgress?: ((progress: ConsolidationProgress) => void) | undefined;
}

/** Old notes of one agent. */
export interface OldNotes {
  readonly agent: string;
  readonly count: number;
  /** How many of each category; those of which there is none are absent. */
  readonly categories: Readonly<Partial<Record<Category, number>>>;
  /** Bytes of the stored notes. */
  readonly size: number;
  /** ISO 8601. */
  readonly oldest: string;
  /** ISO 8601. */
  readonly newest: string;
}

/** What was found, and what became of it. */
export interface CollectedNotes {
  /** By agent, the most notes first. */
  readonly old: readonly OldNotes[];
  readonly count: number;
  /** Of `delete`: how many were thrown away, and by which commits. */
  readonly deleted: number;
  readonly commits: readonly number[];
  /** Of `consolidate`. */
  readonly report?: ConsolidationReport | undefined;
}

/**
 * Deals with notes that nobody consolidated: they are told, consolidated, or thrown away. Thrown away, their texts stay in the log, and
 * undoing the commit brings them back. Newer notes are not touched.
 *
 * Cost: the live notes once; then as {@link Consolidate}, or see {@link change} for every 200 notes.
 * @throws {@link SpaceNotFoundError}
 */
export type GcNotes = (input: GcNotesInput) => Promise<CollectedNotes>;

const inputSchema = z.strictObject({
  space: spaceId,
  maxAgeDays: z.number().min(0).max(36_500).default(7),
  agent: agentName.optional(),
  mode: z.enum(['dry-run', 'consolidate', 'delete']),
  actor: agentName.default(LIBRARY),
  signal: z.custom<AbortSignal>().optional(),
  onProgress: z.custom<(progress: ConsolidationProgress) => void>().optional(),
});

/** See {@link GcNotes}. */
export function createGcNotes(parts: Parts, consolidator: Consolidator): GcNotes {
  return async function gcNotes(input) {
    const { space: id, maxAgeDays, agent, mode, actor, signal, onProgress } = validate(inputSchema, input);
    const space = parts.open(id);
    const until = (await parts.storeTime()) - maxAgeDays * DAY;
    const isOld = (note: StoredNote): boolean =>
      Date.parse(note.timestamp) <= until && (agent === undefined || note.agent === agent);
    const { notes: live, head } = await readLiveNotes(parts, space);
    const notes = live.filter(isOld);
    const found = { old: byAgent(notes), count: notes.length, deleted: 0, commits: [] };
    if (mode === 'dry-run' || notes.length === 0) return found;
    if (mode === 'consolidate') {
      const names = new Set(notes.map(({ filename }) => filename));
      const chooses = ({ filename }: StoredNote): boolean => names.has(filename);
      const run = { space: id, actor, dryRun: false, chooses, signal, onProgress };
      return { ...found, report: await consolidateNotes(parts, consolidator, run) };
    }
    const reason = `older than ${maxAgeDays} days, thrown away by ${actor}`;
    return {
      ...found,
      ...(await throwAway(parts, space, notes, { actor, reason, signal, since: head?.n ?? 1, life: head?.life })),
    };
  };
}

interface Throwing {
  readonly actor: string;
  readonly reason: string;
  readonly signal?: AbortSignal | undefined;
  /** The commit as of which the notes are live. */
  readonly since: number;
  readonly life: string | undefined;
}

async function throwAway(
  parts: Parts,
  space: OpenSpace,
  notes: readonly StoredNote[],
  { actor, reason, signal, since, life }: Throwing,
): Promise<Pick<CollectedNotes, 'deleted' | 'commits'>> {
  const made: Commit[] = [];
  for (const batch of batchesOf(notes)) {
    if (signal?.aborted) throw new CancelledError('cancelled: what was thrown away before stays so, and can be undone');
    const commit = await change(parts, space, {
      op: parts.newId(),
      life,
      async propose(head): Promise<Draft | undefined> {
        const left = await notTaken(space, { since, head }, batch);
        const consumed = left.map(({ filename, text }) => ({
          key: filename,
          text,
          fate: { fate: 'discarded', reason } as const,
        }));
        if (consumed.length === 0) return undefined;
        return {
          kind: 'gc',
          actor,
          docs: new Map(),
          before: new Map(),
          consumed,
          totals: totalsAfter(head, consumed.length),
        };
      },
    });
    if (commit) made.push(commit);
  }
  return { deleted: made.reduce((sum, { consumed }) => sum + consumed.length, 0), commits: made.map(({ n }) => n) };
}

function totalsAfter({ totals }: Commit, more: number): Commit['totals'] {
  return { ...totals, notes: totals.notes + more };
}

function byAgent(notes: readonly StoredNote[]): OldNotes[] {
  const agents = new Map<string, OldNotes>();
  for (const note of notes) agents.set(note.agent, withNote(agents.get(note.agent), note));
  return [...agents.values()].toSorted((a, b) => b.count - a.count);
}

/** Timestamps are all in one form, which sorts as time does. */
function withNote(known: OldNotes | undefined, { agent, category, timestamp, text }: StoredNote): OldNotes {
  const { count = 0, size = 0, categories = {}, oldest = timestamp, newest = timestamp } = known ?? {};
  return {
    agent,
    count: count + 1,
    size: size + utf8Length(text),
    categories: { ...categories, [category]: (categories[category] ?? 0) + 1 },
    oldest: timestamp < oldest ? timestamp : oldest,
    newest: timestamp > newest ? timestamp : newest,
  };
}
