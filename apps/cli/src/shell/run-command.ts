import type { Io } from '../io.ts';
import type { Session } from '../session.ts';

/** Runs one command over the memory that another session has open; see `runCli`. @returns its exit code */
export type RunCommand = (words: readonly string[], io: Io, shared: Session) => Promise<number>;
