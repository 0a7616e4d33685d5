/** What this command ends with, so that scripts can tell what to do next. */
export const exitCodes = {
  ok: 0,
  partial: 1,
  usage: 2,
  notFound: 3,
  readAgain: 4,
  tryLater: 5,
  fixSetup: 6,
  report: 7,
  interrupted: 130,
  terminated: 143,
} as const;

/** As `--help` tells it. */
export const exitCodesHelp = `Exit codes:
  0  done
  1  done in part: notes stay live, a space could not be dealt with, a secret
     is left, a copy is not whole; or a backup is damaged
  2  the command or its input is wrong: change it
  3  no such space, document, commit, backup or token
  4  something is in the way: it exists already, or changed meanwhile
  5  the store or the consolidator does not answer: try later
  6  the setup is wrong: see live-mem doctor; or the output cannot be written
  7  a fault of stored data or of this software: report it; of space list: a
     space cannot be read, the others are listed
  130  interrupted; 143: asked to end by the system`;

const byRemedy: Readonly<Record<string, number>> = {
  'fix-input': exitCodes.usage,
  'read-again': exitCodes.readAgain,
  'try-later': exitCodes.tryLater,
  'fix-setup': exitCodes.fixSetup,
  report: exitCodes.report,
};

const byStatus: Readonly<Record<string, number>> = {
  not_found: exitCodes.notFound,
  conflict: exitCodes.readAgain,
  already_exists: exitCodes.readAgain,
  partial: exitCodes.partial,
  failed: exitCodes.partial,
  cancelled: exitCodes.interrupted,
};

/** The exit code of an answer. */
export function exitCodeOf({
  status,
  remedy,
}: {
  readonly status: string;
  readonly remedy?: string | undefined;
}): number {
  return byStatus[status] ?? (remedy === undefined ? exitCodes.ok : (byRemedy[remedy] ?? exitCodes.report));
}
