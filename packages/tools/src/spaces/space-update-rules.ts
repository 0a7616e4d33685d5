import { z } from 'zod';
import { bytes, commitNumber, spaceId, templateNames } from '../fields.ts';
import { defineTool, sets } from '../tool.ts';

/** Gives a space other rules. */
export const spaceUpdateRules = defineTool({
  name: 'space_update_rules',
  title: 'Change the rules',
  description:
    'Replaces the rules of a space: which documents its bank has and what goes where. The next consolidation goes by them; bank_undo takes the change back. Use it when notes land in the wrong place. Next: bank_consolidate.',
  input: z.strictObject({
    space_id: spaceId,
    rules: z
      .string()
      .meta({ maxLength: 50_000 })
      .describe(`Markdown, at most 50,000 characters; ${templateNames} take the rules shipped under that name`),
  }),
  output: z.strictObject({ status: z.literal('ok'), rules_size: bytes, commit: commitNumber.optional() }),
  annotations: sets,
  permission: 'manage',
  async handler(memory, { space_id, rules }, { caller }) {
    const { rulesSize, commit } = await memory.spaces.updateRules({ space: space_id, rules, actor: caller.name });
    return { status: 'ok' as const, rules_size: rulesSize, commit };
  },
});
