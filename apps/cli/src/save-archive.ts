import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { SpaceFiles } from '@live-mem/core';
import { CANNOT_WRITE, CommandError } from './command-error.ts';
import type { Session } from './session.ts';

/** Where an archive goes. */
export interface ArchiveTarget {
  /** A file; `-` is stdout. */
  readonly output: string;
  /** Folder that all paths in the archive begin with. */
  readonly root: string;
}

/** What was written. */
export interface SavedArchive {
  readonly status: 'ok';
  /** Absolute; absent where it went to stdout. */
  readonly file?: string;
  readonly files_count: number;
  readonly archive_size: number;
}

/**
 * Writes files as a tar.gz while they are read. A file is there whole or not at all.
 * @throws {@link CommandError} it cannot be written, or would go to a terminal
 */
export async function saveArchive(
  session: Session,
  { files, filesCount }: SpaceFiles,
  { output, root }: ArchiveTarget,
): Promise<SavedArchive> {
  const { io } = session;
  const isStdout = output === '-';
  if (isStdout && (io.stdout.isTerminal || session.json))
    throw new CommandError('USAGE', 'an archive is no text: give --output FILE, or pipe it into a program');
  const { packArchive } = await import('@live-mem/wiring');
  let [count, size] = [0, 0];
  const saved = (): SavedArchive => ({ status: 'ok', files_count: count, archive_size: size });
  await session.follow(
    { doing: 'Packing', things: 'files' },
    () => `interrupted: ${isStdout ? 'what was passed on is no whole archive' : 'nothing was written'}`,
    async (follow) => {
      async function* counted(): AsyncGenerator<{ path: string; text: string }> {
        for await (const file of files) {
          if (follow.signal?.aborted) throw new Error('interrupted');
          yield file;
          follow.onProgress?.({ done: ++count, total: Math.max(count, filesCount) });
        }
      }
      async function* bytes(): AsyncGenerator<Uint8Array> {
        for await (const chunk of packArchive(counted(), root)) {
          size += chunk.length;
          yield chunk;
        }
      }
      if (isStdout) for await (const chunk of bytes()) io.stdout.write(chunk);
      else await writeWhole(resolve(io.folder, output), bytes());
    },
  );
  return isStdout ? saved() : { ...saved(), file: resolve(io.folder, output) };
}

async function writeWhole(file: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  // Of its own: another command may write the same file.
  const part = `${file}.${process.pid}.part`;
  try {
    await pipeline(bytes, createWriteStream(part, { mode: 0o600 }));
    await rename(part, file);
  } catch (cause) {
    await rm(part, { force: true });
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (syscall === undefined) throw cause;
    throw new CommandError(CANNOT_WRITE, `${file} cannot be written (${code ?? 'unknown'})`, { cause });
  }
}
