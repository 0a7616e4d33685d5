import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CommandError } from './command-error.ts';
import type { Io } from './io.ts';

/** Where a command takes a text from. */
export interface TextSource {
  /** Words of the command line; `-` alone is stdin. */
  readonly words?: readonly string[] | undefined;
  /** A file; `-` is stdin. */
  readonly file?: string | undefined;
}

/** Whether the text stands on the command line itself. */
export function isTyped({ words = [], file }: TextSource): boolean {
  return file === undefined && words.length > 0 && !(words.length === 1 && words[0] === '-');
}

/**
 * The text that a command is about: from its arguments, a file, or what is piped in.
 * @throws {@link CommandError} there is none, the file cannot be read, or it is not UTF-8
 */
export async function readText(io: Io, { words = [], file }: TextSource): Promise<string> {
  const fromStdin = file === '-' || (file === undefined && words.length === 1 && words[0] === '-');
  if (file !== undefined && words.length > 0) {
    throw new CommandError('USAGE', 'takes the text from its arguments or from --file, not from both');
  }
  if (!fromStdin && file !== undefined) return decoded(await readBytes(io, file), file);
  if (!fromStdin && words.length > 0) return words.join(' ');
  if (!fromStdin && io.stdinIsTerminal) {
    throw new CommandError('USAGE', 'no text: give it as an argument, with --file PATH, or pipe it in');
  }
  return decoded(await readAll(io.stdin), 'stdin');
}

async function readBytes({ folder }: Io, file: string): Promise<Uint8Array> {
  try {
    return await readFile(resolve(folder, file));
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    const why = reasons[code] ?? code;
    throw new CommandError('FILE_UNREADABLE', `${file}: ${why}`, { cause });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EISDIR: 'it is a folder',
};

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function decoded(bytes: Uint8Array, name: string): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  // What cannot be read became U+FFFD, so the text encodes to the same bytes up to there.
  const again = Buffer.from(text);
  const at = again.equals(bytes) ? -1 : again.findIndex((byte, index) => byte !== bytes[index]);
  if (at < 0) return text;
  throw new CommandError(
    'NOT_UTF8',
    `${name}: is not UTF-8 text: see byte ${at} (counted from 0); convert it first, for instance with iconv`,
  );
}
