import type { z } from 'zod';
import { type InputFault, InvalidInputError } from './errors.ts';

/**
 * What an input is, once it is known to be right.
 * @throws {@link InvalidInputError} names every fault at once
 */
export function validate<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new InvalidInputError(faultsOf(result.error));
}

/** The first faults zod found, in one line: for what is stored, which may have many. */
export function reasonOf(error: z.ZodError): string {
  const told = faultsOf(error).slice(0, 3);
  return told.map(({ at, message }) => `${at}: ${message}`).join('; ');
}

/** The faults zod found, in our words' form. */
export function faultsOf(error: z.ZodError): InputFault[] {
  return error.issues.map(({ path, message }) => ({ at: path.join('.') || 'input', message }));
}
