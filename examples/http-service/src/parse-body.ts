import { InvalidInputError } from '@live-mem/core';
import type { z } from 'zod';

/** @throws {@link InvalidInputError} names every fault */
export function parseBody<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new InvalidInputError(
    parsed.error.issues.map(({ path, message }) => ({ at: path.join('.') || 'body', message })),
  );
}
