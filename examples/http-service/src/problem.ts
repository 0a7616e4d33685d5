import { InvalidInputError, LiveMemoryError, type Remedy } from '@live-mem/core';

/** An error as an answer of HTTP. */
export interface Problem {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: {
    readonly code: string;
    readonly remedy: Remedy;
    readonly message: string;
    readonly faults?: unknown;
  };
}

/** What the caller should do decides the status; a few codes have one of their own. */
const byRemedy: Readonly<Record<Remedy, number>> = {
  'fix-input': 400,
  'read-again': 409,
  'try-later': 503,
  // The setup and the data of this service, which no caller can mend.
  'fix-setup': 500,
  report: 500,
};
const byCode: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  SPACE_EXISTS: 409,
  TOO_LARGE: 413,
};

/** Messages of {@link LiveMemoryError}s are fit for callers; those of any other error are not, and go to the log alone. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof LiveMemoryError)) {
    const message = 'this should not have happened: tell whoever runs the service';
    return { status: 500, headers: {}, body: { code: 'UNEXPECTED', remedy: 'report', message } };
  }
  const { code, remedy, message } = error;
  const status = byCode[code] ?? (code.endsWith('_NOT_FOUND') ? 404 : byRemedy[remedy]);
  const faults = error instanceof InvalidInputError ? { faults: error.faults } : {};
  return { status, headers: headersOf(status), body: { code, remedy, message, ...faults } };
}

function headersOf(status: number): Record<string, string> {
  if (status === 401) return { 'www-authenticate': 'Bearer' };
  return status === 503 ? { 'retry-after': '5' } : {};
}
