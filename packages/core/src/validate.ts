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

/** The faults zod found, in our words' form. */
export function faultsOf(error: z.ZodError): InputFault[] {
  return error.issues.map(({ path, message }) => ({ at: path.join('.') || 'input', message }));
}
