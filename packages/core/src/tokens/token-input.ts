import { z } from 'zod';
import { agentName, lineOfText } from '../notes/note.ts';
import { spaceId } from '../spaces/space.ts';
import { codePoints } from '../text.ts';
import { type Permission, permissions } from './permission.ts';

/** Spaces that a token may be given, at most. */
export const MAX_SPACES = 1_000;
const MAX_EMAIL = 200;
const MAX_DAYS = 36_500;

/** One or more permissions; those it includes need not be named. */
export const permissionNames: z.ZodType<readonly Permission[]> = z
  .array(z.enum(permissions, { error: `is no permission: use ${permissions.join(', ')}` }))
  .min(1, 'names no permission')
  .max(permissions.length, 'names a permission twice');

/** Ids of spaces, 1,000 at most. */
export const spaceIds: z.ZodType<readonly string[]> = z
  .array(spaceId)
  .max(MAX_SPACES, `names more than ${MAX_SPACES} spaces`);

/** The spaces of a token; `all`: those there are today. */
export const spacesOrAll: z.ZodType<readonly string[] | 'all'> = z.union([z.literal('all'), spaceIds]);

/** The name of a token is the name of its agent. */
export const tokenName: z.ZodType<string> = agentName;

/** Whom to ask about a token: one line of at most 200 characters; it gives no rights. */
export const tokenEmail: z.ZodType<string> = lineOfText.refine(
  (text) => codePoints(text) <= MAX_EMAIL,
  `is longer than ${MAX_EMAIL} characters`,
);

/** 0: never. */
export const daysToLive: z.ZodType<number> = z.number().int().min(0, 'is negative').max(MAX_DAYS);

/** At least 16 hexadecimal digits of a hash, with or without `sha256:`; becomes the beginning of the stored form. */
export const hashPrefix: z.ZodType<string, string> = z
  .string()
  .regex(/^(?:sha256:)?[0-9a-fA-F]{16,64}$/, 'takes at least 16 hexadecimal digits of the hash of a token')
  .transform((text) => `sha256:${text.replace(/^sha256:/, '').toLowerCase()}`);

/** Whom the name of a token contains, in whatever case. */
export const nameContains: z.ZodType<string> = z.string().max(200);
