import { categories, permissions, rulesTemplates } from '@live-mem/core';
import { z } from 'zod';

/** Which space a call is about. */
export const spaceId = z
  .string()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,63}$/, 'takes letters, digits, - and _, 64 at most, a letter or digit first')
  .describe('Id of the space: letters, digits, - and _, 64 at most, a letter or digit first. Example: "alpha"');

/** Which space a call is about, or none. */
export const spaceIdOrNone = z
  .string()
  .regex(/^(?:[a-zA-Z0-9][a-zA-Z0-9_-]{0,63})?$/, 'takes letters, digits, - and _, 64 at most, a letter or digit first')
  .default('');

/** Which document of the bank a call is about. */
export const filename = z
  .string()
  .describe('Path of the document inside the bank, ending in .md. Example: "progress.md" or "team/notes.md"');

/** What a note is about. */
export const category = z
  .enum(categories, { error: `is no category: use one of ${categories.join(', ')}` })
  .describe(`What the note is about: ${categories.join(', ')}. Example: "decision"`);

/** Which live notes a call is about. Agents of the Python service send an empty text for what they leave out. */
export const noteFilters = {
  category: z
    .enum([...categories, ''], { error: `is no category: use one of ${categories.join(', ')}` })
    .default('')
    .describe(`Only notes of this category: ${categories.join(', ')}. Example: "decision". Empty: all`),
  agent: z
    .string()
    .default('')
    .describe('Only notes of this agent: the name in the note, whole. Example: "cline". Empty: all'),
  since: z
    .string()
    .default('')
    .describe(
      'Only notes of this moment and later: ISO 8601, any offset; without one, UTC. Example: "2026-11-25T08:00:00+01:00". Empty: all',
    ),
  cursor: z
    .string()
    .default('')
    .describe(
      'Where the next page begins: next_cursor of the answer before. Example: "20261125T080000_cline_todo_1f2e3d4c.md". Empty: at the newest note',
    ),
};

/** Without what was left empty. */
export function filtersOf(given: z.output<z.ZodObject<typeof noteFilters>>) {
  const { agent, since, cursor } = given;
  return {
    category: given.category || undefined,
    agent: agent || undefined,
    since: since || undefined,
    cursor: cursor || undefined,
  };
}

/** A moment in an answer. */
export const moment = z.string().describe('ISO 8601, in UTC');
/** A size in an answer. */
export const bytes = z.int().min(0).describe('Bytes of UTF-8');
/** A number of things in an answer. */
export const count = z.int().min(0);
/** Number of a commit in an answer. */
export const commitNumber = z.int().min(1);

/** One live note in an answer. */
export const noteFields = {
  filename: z.string(),
  timestamp: moment,
  agent: z.string(),
  category: z.enum(categories),
  tags: z.array(z.string()),
  content: z.string().describe('Markdown'),
};

/** What every answer with a page of notes says beside the notes. */
export const pageFields = {
  total: count.describe('Notes known to match'),
  total_exact: z.literal(false).optional().describe('There may be more than total'),
  has_more: z.boolean(),
  next_cursor: z.string().optional().describe('Pass it as cursor for the next page'),
  unreadable: z
    .array(z.strictObject({ filename: z.string(), reason: z.string() }))
    .optional()
    .describe('Notes that are stored and cannot be read'),
};

/** Documents that are stored and cannot be read. */
export const unreadableFiles = z
  .array(z.strictObject({ filename: z.string(), reason: z.string() }))
  .optional()
  .describe('Stored documents that cannot be read; those whose text the log holds are among the files all the same');

/** Spaces that are stored and cannot be read. */
export const unreadableSpaces = z
  .array(z.strictObject({ space_id: z.string(), reason: z.string() }))
  .optional()
  .describe('Spaces that are stored and cannot be read');

/** How live notes are counted in an answer. */
export const liveFields = {
  notes_count: count,
  total_size: bytes,
  oldest_note: moment.optional(),
  newest_note: moment.optional(),
};

/** What `rules` may be in place of Markdown. */
export const templateNames: string = Object.keys(rulesTemplates)
  .map((name) => `"template:${name}"`)
  .join(', ');

/** Which backup a call is about. */
export const backupId = z
  .string()
  .regex(
    /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,63}\/\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}$/,
    'is no id of a backup: take one from backup_list',
  )
  .describe('Id of the backup, from backup_list. Example: "alpha/2026-11-25T08-00-00"');

/** Which token a call is about. */
export const tokenHash = z
  .string()
  .regex(/^(?:sha256:)?[0-9a-fA-F]{16,64}$/, 'takes at least 16 hexadecimal digits of a hash from admin_list_tokens')
  .describe(
    'Hash of the token, from admin_list_tokens; 16 digits do where no other begins so. Example: "9f86d081884c7d65"',
  );

const MAX_WORDS = 1_000;
const MAX_WORD = 200;

/** Several words, separated by commas: at most 1,000 of 200 characters, and 100,000 characters as a text. */
export const wordList = z.union([z.string().max(100_000), z.array(z.string().max(MAX_WORD)).max(MAX_WORDS)]).refine(
  (given) => {
    const words = wordsOf(given);
    return words.length <= MAX_WORDS && words.every(({ length }) => length <= MAX_WORD);
  },
  { error: `takes at most ${MAX_WORDS} words of ${MAX_WORD} characters` },
);

/** The words of a {@link wordList}. */
export function wordsOf(given: string | readonly string[]): readonly string[] {
  const list = typeof given === 'string' ? given.split(',') : given;
  return list.map((word) => word.trim()).filter((word) => word !== '');
}

/** What a token may do. */
export const permissionNames = wordList.describe(
  `What it may do, separated by commas: ${permissions.join(', ')}; each includes those before it. Example: "read,write"`,
);

/** What a token is, in the words it is stored with. */
export const tokenKind = z.enum(['standard', 'space_badge']).describe('space_badge: of a day, for one space');

/** A part of the name of tokens. */
export const nameContains = z
  .string()
  .max(200)
  .default('')
  .describe('Only tokens whose name contains this, in whatever case. Example: "ci-". Empty: any');

/** One token in an answer, never the token itself. */
export const tokenFields = {
  hash: z.string().describe('What the token is stored as'),
  kind: tokenKind,
  name: z.string(),
  email: z.string(),
  permissions: z.array(z.string()),
  space_ids: z.array(z.string()),
  state: z.enum(['active', 'expired', 'revoked']),
  revoked: z.boolean(),
  created_at: z.string(),
  expires_at: z.string().optional(),
  last_used_at: z.string().optional(),
};

/** A tar.gz in an answer. */
export const archiveFields = {
  archive_base64: z.string().describe('A tar.gz'),
  archive_size: bytes,
  files_count: count,
};
