import { types } from 'node:util';
import type { LogFields, Logger } from '@live-mem/core';

/** From nothing to everything. */
export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/** The core's logger, and what an app says of errors nobody expected. */
export interface AppLogger extends Logger {
  /** An error nobody expected. */
  error(message: string, fields?: LogFields): void;
}

const levels: readonly LogLevel[] = ['silent', 'error', 'warn', 'info', 'debug'];

/** Writes one line of JSON for each message that is important enough. Where errors came from (stacks) is told at `debug` alone. */
export function createLogger(most: LogLevel, write: (line: string) => void): AppLogger {
  const plain = most === 'debug' ? withStacks : withoutStacks;
  return loggerOf(most, (level, message, fields) => {
    const time = new Date().toISOString();
    write(`${JSON.stringify({ time, level, message, ...fields }, plain)}\n`);
  });
}

/**
 * For people in front of a shell who asked for no log: errors and warnings as one line each, and a kind of warning only once.
 * @param wordsFor what a message means to them; a message without words of its own is told as it is
 */
export function createPlainLogger(
  write: (line: string) => void,
  wordsFor: Readonly<Record<string, string>> = {},
): AppLogger {
  const told = new Set<string>();
  return loggerOf('warn', (level, message, { cause }) => {
    if (told.has(message)) return;
    told.add(message);
    const what = wordsFor[message] ?? message;
    write(`${level === 'error' ? 'error' : 'warning'}: ${cause === undefined ? what : `${what}: ${oneLine(cause)}`}\n`);
  });
}

function loggerOf(most: LogLevel, tell: (level: LogLevel, message: string, fields: LogFields) => void): AppLogger {
  const log =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      if (levels.indexOf(level) <= levels.indexOf(most)) tell(level, message, fields);
    };
  return { error: log('error'), warn: log('warn'), info: log('info'), debug: log('debug') };
}

function oneLine(cause: unknown): string {
  return (types.isNativeError(cause) ? cause.message : String(cause)).replaceAll(/\s*\n\s*/g, ' ').trim();
}

/** Errors have no fields that JSON would show. */
function withStacks(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (!types.isNativeError(value)) return value;
  const { name, message, stack, cause } = value;
  return { name, code: codeOf(value), message, stack, cause };
}

function withoutStacks(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (!types.isNativeError(value)) return value;
  return { code: codeOf(value) ?? value.name, message: value.message, cause: value.cause };
}

function codeOf(error: Error): unknown {
  return 'code' in error ? error.code : undefined;
}
