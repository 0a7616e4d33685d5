import { type FileHandle, open, rm } from 'node:fs/promises';
import { StoreRefusedError, StoreUnavailableError } from '@live-mem/core';

/** A file of lines that only grows. */
export interface Journal {
  /** The whole lines that were there when it was opened. */
  readonly lines: readonly string[];
  /**
   * Adds a line and waits until the disk has it. One call at a time.
   * @throws {@link StoreUnavailableError} it may or may not be there: only opening the file again tells
   */
  append(line: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a journal, or begins one. The end of a line that a crash cut off was never acknowledged, and is cut away.
 * @throws {@link StoreRefusedError} another process has it open, or the file cannot be opened
 */
export async function openJournal(file: string): Promise<Journal> {
  const lock = `${file}.lock`;
  const handle = await openAlone(file, lock);
  const close = async (): Promise<void> => {
    await handle.close();
    await rm(lock, { force: true });
  };
  try {
    return { lines: await wholeLines(handle), append: appendTo(handle), close };
  } catch (cause) {
    await close();
    throw new StoreRefusedError('the journal cannot be read', { cause });
  }
}

async function openAlone(file: string, lock: string): Promise<FileHandle> {
  try {
    await (await open(lock, 'wx')).close();
  } catch (cause) {
    throw new StoreRefusedError(`another process has the journal open; delete ${lock} if none has`, { cause });
  }
  try {
    return await open(file, 'a+');
  } catch (cause) {
    await rm(lock, { force: true });
    throw new StoreRefusedError('the journal cannot be opened', { cause });
  }
}

async function wholeLines(handle: FileHandle): Promise<string[]> {
  const text = await handle.readFile('utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  await handle.truncate(Buffer.byteLength(whole));
  return whole.split('\n').slice(0, -1);
}

function appendTo(handle: FileHandle): Journal['append'] {
  let failure: unknown;
  return async function append(line) {
    // Behind a line that may be cut off, nothing can be written: a reader would take the two for one.
    if (failure !== undefined) throw new StoreUnavailableError('the journal must be opened again', { cause: failure });
    try {
      await handle.appendFile(`${line}\n`);
      await handle.datasync();
    } catch (cause) {
      failure = cause;
      throw new StoreUnavailableError('the journal could not be written', { cause });
    }
  };
}
