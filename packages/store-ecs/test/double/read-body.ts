import type { IncomingMessage } from 'node:http';

/** Longest body that the double takes, in bytes. */
const LONGEST = 64 * 1024 * 1024;

/** A body, whole. */
export interface ReadBody {
  readonly body: Buffer;
}

/** The whole body of a request, unless it is too large, or its sender leaves in the middle of it. */
export async function readBody(incoming: IncomingMessage): Promise<ReadBody | 'too large' | 'broken off'> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      length += chunk.length;
      // Read to the end all the same: only then does the sender read the answer.
      if (length <= LONGEST) chunks.push(chunk);
    }
  } catch {
    return 'broken off';
  }
  return length > LONGEST ? 'too large' : { body: Buffer.concat(chunks) };
}
