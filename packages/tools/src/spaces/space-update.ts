import { z } from 'zod';
import { spaceId } from '../fields.ts';
import { defineTool, sets } from '../tool.ts';

/** Says something else of a space. */
export const spaceUpdate = defineTool({
  name: 'space_update',
  title: 'Describe a space anew',
  description:
    'Changes the description or the owner of a space; what is left out stays, an empty text clears it. Use it when a space is about something else than it says. Next: space_info.',
  input: z.strictObject({
    space_id: spaceId,
    description: z
      .string()
      .meta({ maxLength: 500 })
      .optional()
      .describe('What the space is for: one line, at most 500 characters. Example: "The web shop". Empty: cleared'),
    owner: z
      .string()
      .meta({ maxLength: 200 })
      .optional()
      .describe('Whom people ask about it: one line, gives no rights. Example: "team-web@example.org". Empty: cleared'),
  }),
  output: z.strictObject({ status: z.literal('ok'), updated_fields: z.array(z.string()) }),
  annotations: sets,
  permission: 'write',
  async handler(memory, { space_id, description, owner }) {
    const { updatedFields } = await memory.spaces.update({ space: space_id, description, owner });
    return { status: 'ok' as const, updated_fields: [...updatedFields] };
  },
});
