import { z } from 'zod';
import { commitNumber, spaceId } from '../fields.ts';
import { defineTool, sets } from '../tool.ts';

/** Gives documents clean names. */
export const bankRepair = defineTool({
  name: 'bank_repair',
  title: 'Repair names',
  description:
    'Renames documents whose names hold invisible characters or stray folders; the only copy of a text is never removed, and bank_undo takes it back. Without dry_run=false it only says what it would do. Use it when a document cannot be found under the name it shows. Next: bank_list.',
  input: z.strictObject({
    space_id: spaceId,
    dry_run: z.boolean().default(true).describe('false: do it. true: say what would be done. Example: true'),
  }),
  output: z.strictObject({
    status: z.literal('ok'),
    renamed: z.array(z.strictObject({ from: z.string(), to: z.string() })),
    removed: z.array(z.strictObject({ filename: z.string(), same_as: z.string() })).describe('Copies of the same text'),
    kept: z.array(z.string()).describe('Names that no rule mends'),
    commit: commitNumber.optional(),
    dry_run: z.literal(true).optional(),
  }),
  annotations: sets,
  permission: 'manage',
  async handler(memory, { space_id, dry_run }, { caller }) {
    const done = await memory.bank.repair({ space: space_id, dryRun: dry_run, actor: caller.name });
    return {
      status: 'ok' as const,
      renamed: [...done.renamed],
      removed: done.removed.map(({ filename, sameAs }) => ({ filename, same_as: sameAs })),
      kept: [...done.kept],
      commit: done.commit,
      dry_run: dry_run ? (true as const) : undefined,
    };
  },
});
