import { z } from 'zod';
import { bytes, moment, spaceId, templateNames } from '../fields.ts';
import { defineTool, sets } from '../tool.ts';

/** Creates a space. */
export const spaceCreate = defineTool({
  name: 'space_create',
  title: 'Create a space',
  description:
    'Creates a shared memory with its rules, which say what documents the bank has and what goes where. Use it once for each project or team; a space that is there already is left as it is. Next: live_note.',
  input: z.strictObject({
    space_id: spaceId,
    description: z
      .string()
      .meta({ maxLength: 500 })
      .default('')
      .describe('What the space is for: one line, at most 500 characters. Example: "The web shop, from March on"'),
    rules: z
      .string()
      .meta({ maxLength: 50_000 })
      .default('')
      .describe(
        `Markdown, at most 50,000 characters: the documents of the bank and their headings. ${templateNames} take the rules shipped under that name. Empty: the default rules`,
      ),
    owner: z
      .string()
      .meta({ maxLength: 200 })
      .default('')
      .describe('Whom people ask about it: one line, gives no rights. Example: "team-web@example.org"'),
  }),
  output: z.strictObject({
    status: z.enum(['created', 'already_exists']),
    rules_size: bytes.optional().describe('Of the rules it was created with'),
    created_at: moment.optional(),
  }),
  annotations: sets,
  permission: 'write',
  beyondBadges: true,
  // It must not exist, and joins the caller's token.
  space: () => undefined,
  async handler(memory, { space_id, ...given }, { caller }) {
    const made = await memory.spaces.create({
      space: space_id,
      actor: caller.name,
      creator: caller.tokenHash,
      ...given,
    });
    if (made.status === 'already_exists') return made;
    return { status: made.status, rules_size: made.rulesSize, created_at: made.createdAt };
  },
});
