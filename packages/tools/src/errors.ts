import { LiveMemoryError } from '@live-mem/core';

/** The call would take something away and does not say that it is meant. Nothing was changed. */
export class ConfirmationNeededError extends LiveMemoryError {
  override readonly name = 'ConfirmationNeededError';
  readonly code = 'CONFIRMATION_NEEDED';
  readonly remedy = 'fix-input';
  /** What the call would do, as a sentence without its full stop. */
  readonly effect: string;
  constructor(effect: string, options?: ErrorOptions) {
    super(`nothing was changed. ${effect}; pass confirm=true to do it`, options);
    this.effect = effect;
  }
}
