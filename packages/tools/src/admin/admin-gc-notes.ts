import { type Caller, type CollectedNotes, type LiveMemory, mayEnter, SpaceNotFoundError } from '@live-mem/core';
import { z } from 'zod';
import { reportAnswer, reportSchema } from '../bank/bank-consolidate.ts';
import { bytes, commitNumber, count, moment } from '../fields.ts';
import { defineTool, removes } from '../tool.ts';

const collected = z.strictObject({
  space_id: z.string(),
  notes: count.describe('Old notes found'),
  agents: z.array(z.strictObject({ agent: z.string(), notes: count, size: bytes, oldest_note: moment })),
  deleted: count,
  commits: z.array(commitNumber).describe('Commits that threw notes away; bank_undo brings them back'),
  report: reportSchema.optional(),
});

/** Deals with notes that nobody consolidated. */
export const adminGcNotes = defineTool({
  name: 'admin_gc_notes',
  title: 'Collect old notes',
  description:
    'Finds notes that are older than some days. Without confirm=true it only tells them; with it, exactly those are consolidated, or with delete_only=true thrown away, which bank_undo takes back. Use it when notes were left behind. Next: bank_history.',
  input: z.strictObject({
    space_id: z.string().default('').describe('Id of the space. Example: "alpha". Empty: all spaces you may enter'),
    max_age_days: z.number().min(0).max(36_500).default(7).describe('Days they are old at least. Example: 7'),
    confirm: z.boolean().default(false).describe('true: do it. false: tell which. Example: false'),
    delete_only: z.boolean().default(false).describe('true: throw them away, do not consolidate. Example: false'),
  }),
  output: z.strictObject({
    status: z.literal('ok'),
    spaces: z.array(collected),
    total: count.describe('Old notes found in all spaces'),
    dry_run: z.literal(true).optional(),
  }),
  annotations: removes,
  permission: 'admin',
  async handler(memory, { space_id, max_age_days, confirm, delete_only }, { caller, signal, onProgress }) {
    const doing = delete_only ? ('delete' as const) : ('consolidate' as const);
    const mode = confirm ? doing : ('dry-run' as const);
    const spaces: z.output<typeof collected>[] = [];
    for (const space of await spacesOf(memory, caller, space_id)) {
      const found = await memory.notes.gc({
        space,
        maxAgeDays: max_age_days,
        mode,
        actor: caller.name,
        signal,
        onProgress: ({ notesDone, notesTotal }) => onProgress?.({ done: notesDone, total: notesTotal }),
      });
      if (found.count > 0 || space_id !== '') spaces.push(answerOf(space, found));
    }
    const total = spaces.reduce((sum, { notes }) => sum + notes, 0);
    return { status: 'ok' as const, spaces, total, dry_run: confirm ? undefined : (true as const) };
  },
});

async function spacesOf(memory: LiveMemory, caller: Caller, space: string): Promise<readonly string[]> {
  if (space !== '') {
    if (!mayEnter(caller, space)) throw new SpaceNotFoundError(space);
    return [space];
  }
  const { spaces } = await memory.spaces.list(caller.spaces === 'all' ? {} : { only: [...caller.spaces] });
  return spaces.map((info) => info.space);
}

function answerOf(
  space: string,
  { old, count: notes, deleted, commits, report }: CollectedNotes,
): z.output<typeof collected> {
  return {
    space_id: space,
    notes,
    agents: old.map(({ agent, count: many, size, oldest }) => ({ agent, notes: many, size, oldest_note: oldest })),
    deleted,
    commits: [...commits],
    report: report && reportAnswer(report),
  };
}
