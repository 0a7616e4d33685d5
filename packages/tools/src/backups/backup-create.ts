import {
  type Caller,
  CancelledError,
  ForbiddenError,
  includesPermission,
  type LiveMemory,
  LiveMemoryError,
} from '@live-mem/core';
import { z } from 'zod';
import { bytes, count, spaceIdOrNone } from '../fields.ts';
import { enteredSpaces } from '../spaces/entered-spaces.ts';
import { adds, defineTool, type ToolContext } from '../tool.ts';

const made = {
  backup_id: z.string().optional(),
  space_id: z.string(),
  commit: count.optional().describe('The commit whose state it is; 0: the space has no history'),
  files_backed_up: count,
  total_size: bytes,
  deleted: z.array(z.string()).optional().describe('Older backups that went, since only so many are kept'),
  warnings: z.array(z.string()).optional(),
};

/** Takes a backup. */
export const backupCreate = defineTool({
  name: 'backup_create',
  title: 'Take a backup',
  description:
    'Keeps a copy of a space as of one moment, whatever is written meanwhile, and deletes the oldest when there are more than are kept. Use it before something risky. Next: backup_verify reads it back.',
  input: z.strictObject({
    space_id: spaceIdOrNone.describe(
      'Id of the space. Example: "alpha". Empty: all spaces you may enter, which takes an administrator',
    ),
    description: z
      .string()
      .meta({ maxLength: 500 })
      .default('')
      .describe('Why it is taken: one line. Example: "Before the move"'),
  }),
  output: z.strictObject({
    status: z.enum(['created', 'partial']),
    ...made,
    space_id: z.string().optional(),
    backups: z
      .array(z.strictObject({ ...made, error: z.string().optional() }))
      .optional()
      .describe('Of all spaces: one by one'),
  }),
  annotations: adds,
  permission: 'write',
  async handler(memory, { space_id, description }, context) {
    if (space_id !== '')
      return { status: 'created' as const, ...(await backUp(memory, space_id, description, context)) };
    const spaces = await allSpaces(memory, context.caller);
    const backups: Awaited<ReturnType<typeof tryBackUp>>[] = [];
    for (const space of spaces) backups.push(await tryBackUp(memory, space, description, context));
    return {
      status: backups.some(({ error }) => error !== undefined) ? ('partial' as const) : ('created' as const),
      files_backed_up: backups.reduce((sum, { files_backed_up }) => sum + files_backed_up, 0),
      total_size: backups.reduce((sum, { total_size }) => sum + total_size, 0),
      backups,
    };
  },
});

/** @throws {@link ForbiddenError} */
async function allSpaces(memory: LiveMemory, caller: Caller): Promise<readonly string[]> {
  if (!includesPermission(caller.permission, 'admin'))
    throw new ForbiddenError('backing up all spaces takes an administrator: name one in space_id');
  return enteredSpaces(memory, caller);
}

async function backUp(
  memory: LiveMemory,
  space: string,
  description: string,
  { caller, signal, onProgress }: ToolContext,
): Promise<z.output<z.ZodObject<typeof made>>> {
  const backup = await memory.backups.create({ space, description, actor: caller.name, signal, onProgress });
  return {
    backup_id: backup.backup,
    space_id: space,
    commit: backup.commit,
    files_backed_up: backup.files,
    total_size: backup.totalSize,
    deleted: backup.deleted.length > 0 ? [...backup.deleted] : undefined,
    warnings: backup.warnings.length > 0 ? [...backup.warnings] : undefined,
  };
}

/** One space that cannot be copied does not keep the others from it. */
async function tryBackUp(
  memory: LiveMemory,
  space: string,
  description: string,
  context: ToolContext,
): Promise<z.output<z.ZodObject<typeof made>> & { error?: string }> {
  try {
    return await backUp(memory, space, description, context);
  } catch (error) {
    if (error instanceof CancelledError || !(error instanceof LiveMemoryError)) throw error;
    return { space_id: space, files_backed_up: 0, total_size: 0, error: error.message };
  }
}
