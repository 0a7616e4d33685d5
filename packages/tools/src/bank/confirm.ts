import { z } from 'zod';

/** Says that a call is meant. */
export const confirm = z
  .boolean()
  .default(false)
  .describe('true: do it. false: change nothing and say what would be done. Example: true');
