import { CommitNotFoundError, type HistoryEntry, type LiveMemory } from '@live-mem/core';
import { z } from 'zod';
import { ConfirmationNeededError } from '../errors.ts';
import { commitNumber, count, spaceId } from '../fields.ts';
import { defineTool, sets } from '../tool.ts';
import { confirm } from './confirm.ts';

/** Takes a change back. */
export const bankUndo = defineTool({
  name: 'bank_undo',
  title: 'Undo a change',
  description:
    'Makes a new commit that takes one commit back, whatever came after it, and brings its notes back. Without confirm=true it changes nothing and says what it would do; a conflict is answered where later commits touched the same lines. Use it after bank_diff. Next: live_read for the notes that are back.',
  input: z.strictObject({
    space_id: spaceId,
    commit: commitNumber.describe('Number of the commit to take back, from bank_history. Example: 12'),
    confirm,
  }),
  output: z.strictObject({
    status: z.literal('ok'),
    commit: commitNumber.describe('The new commit'),
    files: z.array(z.string()).describe('Documents as they would be without the change'),
    notes_restored: count.describe('Notes that are live again, under new names'),
    warnings: z.array(z.string()).optional(),
  }),
  annotations: sets,
  permission: 'manage',
  async handler(memory, { space_id, commit, confirm: confirmed }, { caller }) {
    if (!confirmed) throw new ConfirmationNeededError(effectOf(await commitOf(memory, space_id, commit)));
    const undone = await memory.bank.undo({ space: space_id, commit, actor: caller.name });
    return {
      status: 'ok' as const,
      commit: undone.commit,
      files: [...undone.files],
      notes_restored: undone.notesRestored,
      warnings: undone.warnings.length > 0 ? [...undone.warnings] : undefined,
    };
  },
});

async function commitOf(memory: LiveMemory, space: string, commit: number): Promise<HistoryEntry> {
  const { commits } = await memory.bank.history({ space, cursor: commit + 1, limit: 1 });
  const [found] = commits;
  if (found?.commit !== commit) throw new CommitNotFoundError(commit);
  return found;
}

function effectOf({ commit, kind, actor, at, notes, files }: HistoryEntry): string {
  const what = `It would take back commit ${commit} (${kind} by ${actor}, ${at})`;
  const back = notes > 0 ? ` and bring back its ${notes} note${notes === 1 ? '' : 's'}` : '';
  return `${what}: ${files.join(', ') || 'no document'}${back}`;
}
