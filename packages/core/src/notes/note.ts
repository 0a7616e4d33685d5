import { z } from 'zod';
import { codePoints } from '../text.ts';

/** What a note is about. */
export const categories = ['observation', 'decision', 'todo', 'insight', 'question', 'progress', 'issue'] as const;
/** One of {@link categories}. */
export type Category = (typeof categories)[number];

/** Unicode code points of a note's content, at most. */
export const MAX_NOTE_CONTENT = 100_000;
const MAX_AGENT = 100;
const MAX_TAGS = 50;
const MAX_TAG = 100;

/** One note, as it was left. Notes are only added; none is ever changed. */
export interface Note {
  /** Unique in its space: `{YYYYMMDD}T{HHMMSS}_{agent}_{category}_{8 hex}.md`. */
  readonly filename: string;
  /** ISO 8601, in UTC. */
  readonly timestamp: string;
  /** Who left it. This alone decides whose note it is. */
  readonly agent: string;
  readonly category: Category;
  readonly tags: readonly string[];
  /** Markdown. */
  readonly content: string;
  /** Which life of the space it belongs to; absent in notes of other programs, which belong to any. */
  readonly life?: string | undefined;
}

/** A note as it is stored. */
export interface StoredNote extends Note {
  /** The object, whole. */
  readonly text: string;
}

/** A text that can be stored: no half of a surrogate pair, which UTF-8 cannot say, and no NUL. */
export const storableText: z.ZodType<string, string> = z
  .string()
  .refine((text) => text.isWellFormed(), 'holds half of a surrogate pair, which is no Unicode text')
  .refine((text) => !text.includes('\0'), 'holds a NUL character');

/** One line that a person can read: no control characters, nothing that reorders the text around it. */
export const lineOfText: z.ZodType<string, string> = storableText.refine(
  (text) => !/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u.test(text),
  'holds a control character or a line break',
);

const withinCodePoints = (most: number) => (text: string) => codePoints(text) <= most;

/** The name of an agent: one line, 1 to 100 characters. */
export const agentName: z.ZodType<string, string> = lineOfText
  .refine((name) => name.trim() !== '', 'is empty')
  .refine(withinCodePoints(MAX_AGENT), `is longer than ${MAX_AGENT} characters`);

/** Who made a change of a service that names nobody. */
export const LIBRARY = 'live-mem';

/** The name of a category. */
export const categoryName: z.ZodType<Category> = z.enum(categories, {
  error: `is no category: use one of ${categories.join(', ')}`,
});

/** Markdown, 1 to 100,000 Unicode code points, not only white space. */
export const noteContent: z.ZodType<string, string> = storableText
  .refine((text) => text.trim() !== '', 'is empty')
  .refine(withinCodePoints(MAX_NOTE_CONTENT), `is longer than ${MAX_NOTE_CONTENT} characters: split it`);

const tag = lineOfText
  .refine((text) => text.trim() !== '', 'is empty')
  .refine(withinCodePoints(MAX_TAG), `is longer than ${MAX_TAG} characters`);

/** At most 50 tags of 100 characters. */
export const noteTags: z.ZodType<readonly string[]> = z.array(tag).max(MAX_TAGS, `more than ${MAX_TAGS} tags`);
