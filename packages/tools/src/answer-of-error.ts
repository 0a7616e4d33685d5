import { LiveMemoryError, type Remedy } from '@live-mem/core';

/** What a caller is told of a call that failed. */
export interface ErrorAnswer {
  readonly status: 'error' | 'not_found' | 'conflict' | 'cancelled' | 'already_exists' | 'forbidden';
  /** Stable, upper-case, for programs. */
  readonly code: string;
  readonly message: string;
  readonly remedy: Remedy;
}

const statuses: ReadonlyMap<string, ErrorAnswer['status']> = new Map([
  ['SPACE_NOT_FOUND', 'not_found'],
  ['DOCUMENT_NOT_FOUND', 'not_found'],
  ['COMMIT_NOT_FOUND', 'not_found'],
  ['SECTION_NOT_FOUND', 'conflict'],
  ['WRITE_CONFLICT', 'conflict'],
  ['UNDO_CONFLICT', 'conflict'],
  ['CANCELLED', 'cancelled'],
  ['BACKUP_NOT_FOUND', 'not_found'],
  ['TOKEN_NOT_FOUND', 'not_found'],
  ['SPACE_EXISTS', 'already_exists'],
  ['STORE_NOT_EMPTY', 'already_exists'],
  ['RESTORE_CONFLICT', 'conflict'],
  ['UNAUTHENTICATED', 'forbidden'],
  ['FORBIDDEN', 'forbidden'],
]);

/**
 * Turns an error into an answer. Only what this software threw on purpose is told in its own words: the words of anything else
 * may hold an endpoint, a key or a path, and belong into the log.
 */
export function answerOfError(error: unknown): ErrorAnswer {
  if (error instanceof LiveMemoryError) {
    const { code, message, remedy } = error;
    return { status: statuses.get(code) ?? 'error', code, message, remedy };
  }
  return {
    status: 'error',
    code: 'INTERNAL',
    message: 'something failed that should not: the log of this process has the cause',
    remedy: 'report',
  };
}
