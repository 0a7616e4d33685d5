import { type SpaceFiles, TooLargeError } from '@live-mem/core';
import { base64 } from '@scure/base';
import type { z } from 'zod';
import type { archiveFields } from './fields.ts';
import type { ToolContext } from './tool.ts';

/** An answer is text in a conversation. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Files as one archive for an answer.
 * @throws {@link TooLargeError} it takes more than 8 MiB, or this surface packs none: `command` does it in any size
 */
export async function archiveOf(
  { archive }: ToolContext,
  { files }: SpaceFiles,
  { root, command }: { readonly root: string; readonly command: string },
): Promise<{ readonly [Name in keyof typeof archiveFields]: z.output<(typeof archiveFields)[Name]> }> {
  if (!archive) throw new TooLargeError(`archives are made by the command: ${command}`);
  let filesCount = 0;
  async function* counted(): AsyncGenerator<{ path: string; text: string }> {
    for await (const file of files) {
      filesCount++;
      yield file;
    }
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of archive(counted(), root)) {
    size += chunk.length;
    if (size > MAX_BYTES)
      throw new TooLargeError(`the archive takes more than ${MAX_BYTES} bytes: ${command} makes it in any size`);
    chunks.push(chunk);
  }
  return { archive_base64: base64.encode(joined(chunks, size)), archive_size: size, files_count: filesCount };
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
