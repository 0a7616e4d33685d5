import type { ErrorAnswer } from '@live-mem/tools';

/** The user interrupted. */
export const CANCELLED = 'CANCELLED';
/** A file of the setup cannot be written. */
export const CANNOT_WRITE = 'CANNOT_WRITE';

/** The command itself is at fault, before anything was asked of the memory. Written so that loading it costs nothing. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** As answers say it. */
  answer(): ErrorAnswer {
    const { code, message } = this;
    if (code === CANCELLED) return { status: 'cancelled', code, message, remedy: 'try-later' };
    return { status: 'error', code, message, remedy: code === CANNOT_WRITE ? 'fix-setup' : 'fix-input' };
  }
}
