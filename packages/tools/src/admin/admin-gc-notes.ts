import {
  CancelledError,
  type CollectedNotes,
  categories,
  type GcNotesInput,
  type LiveMemory,
  LiveMemoryError,
} from '@live-mem/core';
import { z } from 'zod';
import { reportAnswer, reportSchema } from '../bank/bank-consolidate.ts';
import { bytes, commitNumber, count, moment, spaceIdOrNone } from '../fields.ts';
import { enteredSpaces } from '../spaces/entered-spaces.ts';
import { defineTool, removes, type ToolContext } from '../tool.ts';

const agent = z.strictObject({
  agent: z.string(),
  notes: count,
  categories: z.partialRecord(z.enum(categories), count).describe('How many of each'),
  size: bytes,
  oldest_note: moment,
  newest_note: moment,
});

const collected = z.strictObject({
  space_id: z.string(),
  notes: count.describe('Old notes found'),
  agents: z.array(agent),
  deleted: count,
  commits: z.array(commitNumber).describe('Commits that threw notes away; bank_undo brings them back'),
  report: reportSchema.optional(),
  error: z.string().optional().describe('Why nothing was done here'),
});

type Collected = z.output<typeof collected>;

/** Deals with notes that nobody consolidated. */
export const adminGcNotes = defineTool({
  name: 'admin_gc_notes',
  title: 'Collect old notes',
  description:
    'Finds notes that are older than some days. Without confirm=true it only tells them; with it, exactly those are consolidated, or with delete_only=true thrown away, which bank_undo takes back. Use it when notes were left behind. Next: bank_history.',
  input: z.strictObject({
    space_id: spaceIdOrNone.describe('Id of the space. Example: "alpha". Empty: all spaces you may enter'),
    max_age_days: z.number().min(0).max(36_500).default(7).describe('Days they are old at least. Example: 7'),
    confirm: z.boolean().default(false).describe('true: do it. false: tell which. Example: false'),
    delete_only: z.boolean().default(false).describe('true: throw them away, do not consolidate. Example: false'),
  }),
  output: z.strictObject({
    status: z.enum(['ok', 'partial']),
    spaces: z.array(collected),
    total: count.describe('Old notes found in all spaces'),
    dry_run: z.literal(true).optional(),
  }),
  annotations: removes,
  permission: 'admin',
  async handler(memory, { space_id, max_age_days, confirm, delete_only }, context) {
    const doing = delete_only ? ('delete' as const) : ('consolidate' as const);
    const request = { maxAgeDays: max_age_days, mode: confirm ? doing : ('dry-run' as const) };
    const spaces: Collected[] = [];
    if (space_id !== '') spaces.push(await collect(memory, space_id, request, context));
    else {
      for (const space of await enteredSpaces(memory, context.caller)) {
        const found = await tryCollect(memory, space, request, context);
        if (found.notes > 0 || found.error !== undefined) spaces.push(found);
      }
    }
    return {
      status: spaces.some(({ error }) => error !== undefined) ? ('partial' as const) : ('ok' as const),
      spaces,
      total: spaces.reduce((sum, { notes }) => sum + notes, 0),
      dry_run: confirm ? undefined : (true as const),
    };
  },
});

async function collect(
  memory: LiveMemory,
  space: string,
  request: Pick<GcNotesInput, 'maxAgeDays' | 'mode'>,
  { caller, signal, onProgress }: ToolContext,
): Promise<Collected> {
  const found = await memory.notes.gc({
    ...request,
    space,
    actor: caller.name,
    signal,
    onProgress: ({ notesDone, notesTotal }) => onProgress?.({ done: notesDone, total: notesTotal }),
  });
  return answerOf(space, found);
}

/** One space that cannot be dealt with does not keep the others from it. */
async function tryCollect(...call: Parameters<typeof collect>): Promise<Collected> {
  try {
    return await collect(...call);
  } catch (error) {
    if (error instanceof CancelledError || !(error instanceof LiveMemoryError)) throw error;
    return { space_id: call[1], notes: 0, agents: [], deleted: 0, commits: [], error: error.message };
  }
}

function answerOf(space: string, { old, count: notes, deleted, commits, report }: CollectedNotes): Collected {
  return {
    space_id: space,
    notes,
    agents: old.map(({ count: many, oldest, newest, ...facts }) => ({
      ...facts,
      notes: many,
      oldest_note: oldest,
      newest_note: newest,
    })),
    deleted,
    commits: [...commits],
    report: report && reportAnswer(report),
  };
}
