/**
 * What the caller should do next:
 * - `fix-input`: change the request; the same request fails again.
 * - `read-again`: something changed meanwhile; read, decide, and ask again.
 * - `try-later`: nothing is wrong with the request; repeat it after a while.
 * - `fix-setup`: a person must change credentials, permissions, disk or version.
 * - `report`: stored data or this software is at fault; tell the operator.
 */
export type Remedy = 'fix-input' | 'read-again' | 'try-later' | 'fix-setup' | 'report';

/**
 * Base of every error this library throws on purpose. `code` is stable, `message` may change and is fit for an agent to read;
 * what a provider said is in `cause`, for the log only.
 */
export abstract class LiveMemoryError extends Error {
  /** Stable, upper-case, for programs. */
  abstract readonly code: string;
  abstract readonly remedy: Remedy;
}

/** One fault of an input: where it is, and what is allowed there. */
export interface InputFault {
  /** Name of the parameter or path of the field, for instance `content` or `line 3: timestamp`. */
  readonly at: string;
  readonly message: string;
}

/** The input breaks a rule; nothing was changed. */
export class InvalidInputError extends LiveMemoryError {
  override readonly name = 'InvalidInputError';
  readonly code = 'INVALID_INPUT';
  readonly remedy = 'fix-input';
  readonly faults: readonly InputFault[];
  constructor(faults: readonly InputFault[], options?: ErrorOptions) {
    super(faults.map(({ at, message }) => `${at}: ${message}`).join('; '), options);
    this.faults = faults;
  }
}

/** No such space, or none that the caller may see. */
export class SpaceNotFoundError extends LiveMemoryError {
  override readonly name = 'SpaceNotFoundError';
  readonly code = 'SPACE_NOT_FOUND';
  readonly remedy = 'fix-input';
  constructor(space: string, options?: ErrorOptions) {
    super(`no space named ${JSON.stringify(space)}: create it, or list the spaces there are`, options);
  }
}

/** A space of that id exists, so none can be restored under it; nothing was changed. */
export class SpaceExistsError extends LiveMemoryError {
  override readonly name = 'SpaceExistsError';
  readonly code = 'SPACE_EXISTS';
  readonly remedy = 'fix-input';
  constructor(space: string, options?: ErrorOptions) {
    super(`a space named ${JSON.stringify(space)} exists: restore under another id, or delete it first`, options);
  }
}

/** A backup is being restored under that id, and not the one that was asked for; nothing was changed. */
export class RestoreConflictError extends LiveMemoryError {
  override readonly name = 'RestoreConflictError';
  readonly code = 'RESTORE_CONFLICT';
  readonly remedy = 'read-again';
  /** @param backup untold where the caller may not know of it */
  constructor(space: string, backup?: string, options?: ErrorOptions) {
    super(
      `${backup === undefined ? 'a backup' : `backup ${backup}`} is being restored as ${JSON.stringify(space)}: finish that by restoring it again, or delete the space`,
      options,
    );
  }
}

/** No such backup, or none that the caller may see. */
export class BackupNotFoundError extends LiveMemoryError {
  override readonly name = 'BackupNotFoundError';
  readonly code = 'BACKUP_NOT_FOUND';
  readonly remedy = 'fix-input';
  constructor(backup: string, options?: ErrorOptions) {
    super(`no backup ${JSON.stringify(backup)}: list the backups there are`, options);
  }
}

/** A backup is not what its manifest says, or was never finished: nothing was restored from it. */
export class BackupDamagedError extends LiveMemoryError {
  override readonly name = 'BackupDamagedError';
  readonly code = 'BACKUP_DAMAGED';
  readonly remedy = 'report';
}

/** No token of that hash. */
export class TokenNotFoundError extends LiveMemoryError {
  override readonly name = 'TokenNotFoundError';
  readonly code = 'TOKEN_NOT_FOUND';
  readonly remedy = 'fix-input';
}

/** The token is not one of ours, or no longer: which of the two is not told. */
export class UnauthenticatedError extends LiveMemoryError {
  override readonly name = 'UnauthenticatedError';
  readonly code = 'UNAUTHENTICATED';
  readonly remedy = 'fix-setup';
  constructor(options?: ErrorOptions) {
    super('this token is not valid: ask an administrator of this memory for one', options);
  }
}

/** The caller lacks a permission, in a space it may enter or for what concerns no space. */
export class ForbiddenError extends LiveMemoryError {
  override readonly name = 'ForbiddenError';
  readonly code = 'FORBIDDEN';
  readonly remedy = 'fix-setup';
}

/** The bank holds no document of that name. */
export class DocumentNotFoundError extends LiveMemoryError {
  override readonly name = 'DocumentNotFoundError';
  readonly code = 'DOCUMENT_NOT_FOUND';
  readonly remedy = 'fix-input';
  constructor(filename: string, options?: ErrorOptions) {
    super(`the bank has no document named ${JSON.stringify(filename)}: list the bank for its names`, options);
  }
}

/** The log holds no commit of that number. */
export class CommitNotFoundError extends LiveMemoryError {
  override readonly name = 'CommitNotFoundError';
  readonly code = 'COMMIT_NOT_FOUND';
  readonly remedy = 'fix-input';
  constructor(commit: number, options?: ErrorOptions) {
    super(`no commit ${commit} in this space: its history lists the numbers`, options);
  }
}

/** A request id was used before, for another text; nothing was written. */
export class RequestReusedError extends LiveMemoryError {
  override readonly name = 'RequestReusedError';
  readonly code = 'REQUEST_REUSED';
  readonly remedy = 'fix-input';
  constructor(options?: ErrorOptions) {
    super('this request id already wrote another text: a new note needs a new request id', options);
  }
}

/** An edit names a section that is not there, or more than one; `candidates` are the headings that could be meant. */
export class SectionNotFoundError extends LiveMemoryError {
  override readonly name = 'SectionNotFoundError';
  readonly code = 'SECTION_NOT_FOUND';
  readonly remedy = 'read-again';
  readonly candidates: readonly string[];
  constructor(message: string, candidates: readonly string[], options?: ErrorOptions) {
    super(candidates.length > 0 ? `${message}; sections there: ${candidates.join(', ')}` : message, options);
    this.candidates = candidates;
  }
}

/** A change cannot be undone: `inTheWay` is the commit that prevents it, where one does. */
export class UndoConflictError extends LiveMemoryError {
  override readonly name = 'UndoConflictError';
  readonly code = 'UNDO_CONFLICT';
  readonly remedy = 'read-again';
  readonly inTheWay: number | undefined;
  constructor(message: string, inTheWay?: number, options?: ErrorOptions) {
    super(message, options);
    this.inTheWay = inTheWay;
  }
}

/** Another writer came first; nothing was written. */
export class WriteConflictError extends LiveMemoryError {
  override readonly name = 'WriteConflictError';
  readonly code = 'WRITE_CONFLICT';
  readonly remedy = 'read-again';
  /** What others changed, for the log: where it is stored is no matter of whoever asked. */
  readonly key: string;
  constructor(
    key: string,
    options?: ErrorOptions,
    message: string = 'it was changed by others meanwhile; nothing was written',
  ) {
    super(message, options);
    this.key = key;
  }
}

/** The store that is to be copied into holds what the source has not; nothing was written. */
export class StoreNotEmptyError extends LiveMemoryError {
  override readonly name = 'StoreNotEmptyError';
  readonly code = 'STORE_NOT_EMPTY';
  readonly remedy = 'fix-input';
  /** Keys that the source has not. */
  readonly foreign: readonly string[];
  /** Keys under which the source holds something else. */
  readonly differing: readonly string[];
  constructor(foreign: readonly string[], differing: readonly string[], options?: ErrorOptions) {
    const found = [
      ...(foreign.length > 0 ? [`${foreign.length} that the source has not (${firstOf(foreign)})`] : []),
      ...(differing.length > 0 ? [`${differing.length} that differ from the source's (${firstOf(differing)})`] : []),
    ];
    super(
      `nothing was written: among the target's objects are ${found.join(' and ')}. It is another memory, or the source changed since it was copied: name an empty target, or overwrite this one, which makes it equal to the source`,
      options,
    );
    this.foreign = foreign;
    this.differing = differing;
  }
}

const NAMES_TOLD = 3;

function firstOf(keys: readonly string[]): string {
  return [...keys.slice(0, NAMES_TOLD), ...(keys.length > NAMES_TOLD ? ['…'] : [])].join(', ');
}

/** The store did not answer, or not clearly: the request may or may not have taken effect. The same request may pass later. */
export class StoreUnavailableError extends LiveMemoryError {
  override readonly name: string = 'StoreUnavailableError';
  readonly code = 'STORE_UNAVAILABLE';
  readonly remedy = 'try-later';
}

/** The store refused, and will again: credentials, permissions, space on the disk, setup. */
export class StoreRefusedError extends LiveMemoryError {
  override readonly name = 'StoreRefusedError';
  readonly code = 'STORE_REFUSED';
  readonly remedy = 'fix-setup';
}

/** A stored object cannot be read: not UTF-8, not the JSON it should be, a note without its front matter. */
export class UnreadableObjectError extends LiveMemoryError {
  override readonly name = 'UnreadableObjectError';
  readonly code = 'UNREADABLE_OBJECT';
  readonly remedy = 'report';
  readonly key: string;
  constructor(key: string, reason: string, options?: ErrorOptions) {
    super(`stored object cannot be read: key=${key}: ${reason}`, options);
    this.key = key;
  }
}

/** The registry is damaged, as it is told to whoever presents a token: where it is stored, and what is wrong with it, is for the log. */
export class UnreadableTokensError extends LiveMemoryError {
  override readonly name = 'UnreadableTokensError';
  readonly code = 'UNREADABLE_OBJECT';
  readonly remedy = 'report';
  constructor(options: ErrorOptions) {
    super('the tokens of this memory cannot be read, so nobody gets in: tell its operator', options);
  }
}

/** The store was written by a later version of Live Memory; this one touches nothing. */
export class NewerFormatError extends LiveMemoryError {
  override readonly name = 'NewerFormatError';
  readonly code = 'NEWER_FORMAT';
  readonly remedy = 'fix-setup';
  constructor(key: string, format: number, options?: ErrorOptions) {
    super(`written by a newer version (format ${format}): key=${key}: upgrade live-mem on this machine`, options);
  }
}

/** What would be stored is too large for its kind; nothing was written. */
export class TooLargeError extends LiveMemoryError {
  override readonly name = 'TooLargeError';
  readonly code = 'TOO_LARGE';
  readonly remedy = 'fix-input';
}

/** The consolidator did not answer, or not in time. The notes stay live. */
export class ConsolidatorUnavailableError extends LiveMemoryError {
  override readonly name = 'ConsolidatorUnavailableError';
  readonly code = 'CONSOLIDATOR_UNAVAILABLE';
  readonly remedy = 'try-later';
}

/** The consolidator refused, and will again: key, model, quota. The notes stay live. */
export class ConsolidatorRefusedError extends LiveMemoryError {
  override readonly name = 'ConsolidatorRefusedError';
  readonly code = 'CONSOLIDATOR_REFUSED';
  readonly remedy = 'fix-setup';
}

/** The caller asked to stop; what was committed before stays. */
export class CancelledError extends LiveMemoryError {
  override readonly name = 'CancelledError';
  readonly code = 'CANCELLED';
  readonly remedy = 'try-later';
}
