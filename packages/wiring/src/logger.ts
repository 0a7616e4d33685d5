import { types } from 'node:util';
import type { LogFields, Logger } from '@live-mem/core';

/** From nothing to everything. */
export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/** The core's logger, and what an app says of errors nobody expected. */
export interface AppLogger extends Logger {
  error(message: string, fields?: LogFields): void;
}

const levels: readonly LogLevel[] = ['silent', 'error', 'warn', 'info', 'debug'];

/** Writes one line of JSON for each message that is important enough. */
export function createLogger(most: LogLevel, write: (line: string) => void): AppLogger {
  const log =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      if (levels.indexOf(level) > levels.indexOf(most)) return;
      const time = new Date().toISOString();
      write(`${JSON.stringify({ time, level, message, ...fields }, plain)}\n`);
    };
  return { error: log('error'), warn: log('warn'), info: log('info'), debug: log('debug') };
}

/** Errors have no fields that JSON would show. */
function plain(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (!types.isNativeError(value)) return value;
  const { name, message, stack, cause } = value;
  const code = 'code' in value ? value.code : undefined;
  return { name, code, message, stack, cause };
}
