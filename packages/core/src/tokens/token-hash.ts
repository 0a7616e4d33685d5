import { z } from 'zod';

/** The whole hash of a token, as it is stored. */
export const tokenHash: z.ZodType<string> = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, 'is no hash of a token: sha256: and 64 hexadecimal digits');
