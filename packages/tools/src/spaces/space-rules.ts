import { z } from 'zod';
import { spaceId } from '../fields.ts';
import { defineTool, reads } from '../tool.ts';

/** Shows the rules of a space. */
export const spaceRules = defineTool({
  name: 'space_rules',
  title: 'Read the rules',
  description:
    'Shows the rules of a space: which documents its bank has, and what goes where. Use it before you write a document by hand. Next: bank_list for the documents there are.',
  input: z.strictObject({ space_id: spaceId }),
  output: z.strictObject({ status: z.literal('ok'), rules: z.string().describe('Markdown') }),
  annotations: reads,
  permission: 'read',
  async handler(memory, { space_id }) {
    return { status: 'ok' as const, rules: await memory.spaces.rules({ space: space_id }) };
  },
});
