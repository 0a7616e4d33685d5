import { z } from 'zod';
import { commitNumber, count, spaceId } from '../fields.ts';
import { defineTool, removes } from '../tool.ts';

/** Takes a secret out of a space. */
export const spaceRedact = defineTool({
  name: 'space_redact',
  title: 'Take a secret out',
  description:
    'Replaces a secret by stars in the notes, the bank, the history and the backups of a space; the one act that changes the past, and a commit says that it happened. Without dry_run=false it only says where the secret is. Use it when a password or a key was noted. Next: change the secret itself.',
  input: z.strictObject({
    space_id: spaceId,
    text: z
      .string()
      .meta({ minLength: 4, maxLength: 10_000 })
      .describe('The secret, taken literally, at least 4 characters. Example: "hunter2"'),
    dry_run: z.boolean().default(true).describe('false: do it. true: say where it is. Example: true'),
  }),
  output: z.strictObject({
    status: z.literal('ok'),
    notes: z.array(z.string()),
    leftovers: z.array(z.string()).describe('Notes that are live no more and lay about still: they are deleted'),
    documents: z.array(z.string()),
    commits: z.array(commitNumber),
    backups: z.array(z.strictObject({ backup_id: z.string(), files: count })),
    meta: z.boolean().describe('Whether what is said of the space held it'),
    names: z.array(z.string()).describe('Documents and notes whose names hold it: they stay, and are told with stars'),
    left: z
      .array(z.string())
      .optional()
      .describe('Keys of stored objects that hold it after all: look at them by hand, or call again'),
    commit: commitNumber.optional().describe('The commit that says that it happened'),
    dry_run: z.literal(true).optional(),
  }),
  annotations: removes,
  permission: 'manage',
  async handler(memory, { space_id, text, dry_run }, { caller }) {
    const found = await memory.spaces.redact({
      space: space_id,
      text,
      dryRun: dry_run,
      actor: caller.name,
      caller,
    });
    return {
      status: 'ok' as const,
      notes: [...found.notes],
      leftovers: [...found.leftovers],
      documents: [...found.documents],
      commits: [...found.commits],
      backups: found.backups.map(({ backup, files }) => ({ backup_id: backup, files })),
      meta: found.meta,
      names: [...found.names],
      left: found.left && found.left.length > 0 ? [...found.left] : undefined,
      commit: found.commit,
      dry_run: dry_run ? (true as const) : undefined,
    };
  },
});
