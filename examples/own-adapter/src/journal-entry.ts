import { StoreRefusedError } from '@live-mem/core';

/** One line of the journal: an object that was written, or deleted where there is no body. */
export interface JournalEntry {
  readonly key: string;
  readonly body?: string | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
}

/** @throws {@link StoreRefusedError} the line is not one that this adapter wrote */
export function readEntry(line: string, index: number): JournalEntry {
  const entry = parsed(line);
  if (isEntry(entry)) return entry;
  throw new StoreRefusedError(`the journal is damaged in line ${index + 1}: restore the file from a copy`);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== 'object' || value === null || !('key' in value) || !('at' in value)) return false;
  const hasBody = !('body' in value) || typeof value.body === 'string';
  return typeof value.key === 'string' && typeof value.at === 'number' && hasBody;
}
