/**
 * Where the core tells its operator what no caller is told: causes of errors, repairs. Fields hold numbers, keys and codes;
 * never the text of a note, a document or a secret.
 */
export interface Logger {
  /** What explains a repair or a retry. */
  debug(message: string, fields?: LogFields): void;
  /** What an operator may like to know. */
  info(message: string, fields?: LogFields): void;
  /** What an operator should look at. */
  warn(message: string, fields?: LogFields): void;
}

/** What goes beside a message. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Says nothing. */
export const silentLogger: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined };
