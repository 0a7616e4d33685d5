import { z } from 'zod';
import { lineOfText, storableText } from '../notes/note.ts';
import { codePoints } from '../text.ts';

const MAX_DESCRIPTION = 500;
const MAX_RULES = 50_000;

/** Letters, digits, `-` and `_`; 1 to 64 of them, the first a letter or digit. */
export const spaceId: z.ZodType<string> = z
  .string()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,63}$/, 'takes letters, digits, - and _, 64 at most, a letter or digit first');

/** One line, at most 500 characters. */
export const spaceDescription: z.ZodType<string> = lineOfText.refine(
  (text) => codePoints(text) <= MAX_DESCRIPTION,
  `is longer than ${MAX_DESCRIPTION} characters`,
);

/** Markdown, at most 50,000 characters. */
export const spaceRules: z.ZodType<string> = storableText.refine(
  (text) => codePoints(text) <= MAX_RULES,
  `are longer than ${MAX_RULES} characters`,
);

/** An e-mail address, a team, a name: one line, at most 200 characters. For people; it gives no rights. */
export const spaceOwner: z.ZodType<string> = lineOfText.refine(
  (text) => codePoints(text) <= 200,
  'is longer than 200 characters',
);
