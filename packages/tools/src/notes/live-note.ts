import { categories, MAX_NOTE_CONTENT } from '@live-mem/core';
import { z } from 'zod';
import { bytes, category, moment, spaceId } from '../fields.ts';
import { adds, defineTool } from '../tool.ts';

const tags = z
  .union([z.string(), z.array(z.string())], { error: 'takes words separated by commas, or a list of words' })
  .default('')
  .describe(
    'Words to find the note by: comma separated, or a list; at most 50 of 100 characters. Example: "s3, storage"',
  );

/** Leaves a note. */
export const liveNote = defineTool({
  name: 'live_note',
  title: 'Leave a note',
  description:
    'Leaves a note in a space, signed with your name. Use it as soon as something is worth remembering: notes are only added, so agents writing at once never collide. Next: bank_consolidate turns notes into documents; live_read shows them as they are.',
  input: z.strictObject({
    space_id: spaceId,
    category,
    content: z
      .string()
      .meta({ minLength: 1, maxLength: MAX_NOTE_CONTENT })
      .describe('Markdown, 1 to 100,000 characters. Example: "We keep everything in S3, because it needs no server."'),
    tags,
    request_id: z
      .string()
      .max(200, 'is longer than 200 characters')
      .default('')
      .describe(
        'Makes a retry safe: the same id with the same text writes one note. Example: a UUID. Empty: each call writes',
      ),
  }),
  output: z.strictObject({
    status: z.literal('created'),
    filename: z.string(),
    category: z.enum(categories),
    agent: z.string(),
    size: bytes,
    timestamp: moment,
  }),
  annotations: adds,
  permission: 'write',
  async handler(memory, { space_id, request_id, ...given }, { caller }) {
    const { filename, agent, size, timestamp, ...written } = await memory.notes.write({
      space: space_id,
      agent: caller.name,
      category: given.category,
      content: given.content,
      tags: tagsOf(given.tags),
      requestId: request_id || undefined,
    });
    return { status: 'created' as const, filename, category: written.category, agent, size, timestamp };
  },
});

function tagsOf(given: string | readonly string[]): readonly string[] {
  const list = typeof given === 'string' ? given.split(',') : given;
  return list.map((tag) => tag.trim()).filter((tag) => tag !== '');
}
