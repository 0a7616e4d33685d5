import {
  type Caller,
  type ConsolidationReport,
  compareBytes,
  ForbiddenError,
  includesPermission,
} from '@live-mem/core';
import { z } from 'zod';
import { bytes, commitNumber, count, spaceId } from '../fields.ts';
import { adds, defineTool } from '../tool.ts';

const noteLeft = z.array(z.strictObject({ filename: z.string(), reason: z.string() }));
const failure = z.strictObject({
  filename: z.string().optional(),
  operation: z.string().optional(),
  heading: z.string().optional(),
  reason: z.string(),
});

/** What a consolidation did. */
export const reportSchema = z.strictObject({
  status: z.enum(['ok', 'partial', 'failed']).describe('partial: some notes stayed live; failed: all of them did'),
  notes_processed: count,
  notes_set_aside: noteLeft.describe('Notes that stay live, and why'),
  notes_discarded: noteLeft.describe('Notes that are not in the bank, and why'),
  bank_files_updated: z.array(z.string()),
  bank_files_created: z.array(z.string()),
  bank_files_deleted: z.array(z.string()),
  bank_files_unchanged: z.array(z.string()),
  operations_applied: count,
  operations_failed: count,
  operation_failures: z.array(failure),
  warnings: z.array(z.strictObject({ kind: z.string(), detail: z.string() })),
  synthesis_size: bytes,
  llm_tokens_used: count,
  llm_prompt_tokens: count,
  llm_completion_tokens: count,
  batches_total: count,
  batches_completed: count,
  duration_seconds: z.number().min(0),
  commits: z.array(commitNumber).describe('bank_diff shows each, bank_undo takes it back'),
  dry_run: z.literal(true).optional().describe('Nothing was written'),
});

/** Turns notes into bank. */
export const bankConsolidate = defineTool({
  name: 'bank_consolidate',
  title: 'Consolidate',
  description:
    'Turns live notes into the documents of the bank, oldest first, and answers with the report when it is done. Use it when notes have gathered, or at the end of your work. Next: bank_read_all for the result; bank_undo with a number of commits takes it back.',
  input: z.strictObject({
    space_id: spaceId,
    agent: z
      .string()
      .default('')
      .describe(
        'Only notes of this agent: the name in the note, whole. Example: "cline". Empty: all notes; with a token that may not manage the space, its own',
      ),
    dry_run: z.boolean().default(false).describe('true: propose and report, but write nothing. Example: false'),
  }),
  output: reportSchema,
  annotations: adds,
  permission: 'write',
  async handler(memory, { space_id, agent, dry_run }, { caller, signal, onProgress }) {
    const report = await memory.bank.consolidate({
      space: space_id,
      agent: whoseNotes(caller, agent),
      actor: caller.name,
      dryRun: dry_run,
      signal,
      onProgress: ({ notesDone, notesTotal }) => onProgress?.({ done: notesDone, total: notesTotal }),
    });
    return reportAnswer(report);
  },
});

/** Only those who manage a space decide over notes of others. @throws {@link ForbiddenError} */
function whoseNotes(caller: Caller, agent: string): string | undefined {
  if (includesPermission(caller.permission, 'manage')) return agent || undefined;
  if (agent === '' || agent === caller.name) return caller.name;
  throw new ForbiddenError('this token consolidates its own notes only: leave agent empty');
}

/** A report as answers tell it. */
export function reportAnswer(report: ConsolidationReport): z.output<typeof reportSchema> {
  return {
    status: report.status,
    notes_processed: report.notesProcessed,
    notes_set_aside: [...report.notesSetAside],
    notes_discarded: [...report.notesDiscarded],
    bank_files_updated: report.filesUpdated.toSorted(compareBytes),
    bank_files_created: report.filesCreated.toSorted(compareBytes),
    bank_files_deleted: report.filesDeleted.toSorted(compareBytes),
    bank_files_unchanged: report.filesUnchanged.toSorted(compareBytes),
    operations_applied: report.operationsApplied,
    operations_failed: report.operationFailures.length,
    operation_failures: [...report.operationFailures],
    warnings: [...report.warnings],
    synthesis_size: report.synthesisSize,
    llm_tokens_used: report.promptTokens + report.completionTokens,
    llm_prompt_tokens: report.promptTokens,
    llm_completion_tokens: report.completionTokens,
    batches_total: report.batchesTotal,
    batches_completed: report.batchesCompleted,
    duration_seconds: report.durationSeconds,
    commits: [...report.commits],
    dry_run: report.dryRun ? true : undefined,
  };
}
