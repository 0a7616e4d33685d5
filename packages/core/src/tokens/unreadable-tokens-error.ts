import { LiveMemoryError } from '../errors.ts';

/** The registry is damaged, as it is told to whoever presents a token: where it is stored, and what is wrong with it, is for the log. */
export class UnreadableTokensError extends LiveMemoryError {
  override readonly name = 'UnreadableTokensError';
  readonly code = 'UNREADABLE_OBJECT';
  readonly remedy = 'report';
  constructor(options: ErrorOptions) {
    super('the tokens of this memory cannot be read, so nobody gets in: tell its operator', options);
  }
}
