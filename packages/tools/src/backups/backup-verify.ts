import { z } from 'zod';
import { backupId, count } from '../fields.ts';
import { defineTool, reads } from '../tool.ts';

/** Reads a backup back. */
export const backupVerify = defineTool({
  name: 'backup_verify',
  title: 'Verify a backup',
  description:
    'Reads a whole backup and compares every file with its manifest: what is missing, changed or added. Use it before you rely on a backup. Next: backup_restore.',
  input: z.strictObject({ backup_id: backupId }),
  output: z.strictObject({
    status: z.enum(['ok', 'failed']),
    files_checked: count,
    verifiable: z.boolean().describe('false: it has no manifest, so only that its files can be read is known'),
    problems: z.array(
      z.strictObject({
        path: z.string(),
        fault: z.enum(['missing', 'changed', 'added', 'unreadable', 'incomplete']),
      }),
    ),
  }),
  annotations: reads,
  permission: 'read',
  async handler(memory, { backup_id }, { caller }) {
    const { ok, files, verifiable, problems } = await memory.backups.verify({ backup: backup_id, caller });
    return {
      status: ok ? ('ok' as const) : ('failed' as const),
      files_checked: files,
      verifiable,
      problems: [...problems],
    };
  },
});
