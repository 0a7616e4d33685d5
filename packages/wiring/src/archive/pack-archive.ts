import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type SpaceFile, UnreadableObjectError } from '@live-mem/core';
import { type Pack, pack } from 'tar-stream';

/** Archives of the same files are the same bytes: none of them tells when it was made. */
const NO_TIME = new Date(0);

/**
 * Packs files into a tar.gz while they are read: memory does not grow with them. An error of the files ends the archive with that error.
 * @param root folder that all paths in the archive begin with
 * @throws {@link UnreadableObjectError} a path would leave that folder when the archive is unpacked
 */
export async function* packArchive(files: AsyncIterable<SpaceFile>, root: string): AsyncGenerator<Uint8Array> {
  const tar = pack();
  const gzip = createGzip();
  const packed = pipeline(tar, gzip);
  const filled = fill(tar, files, root).catch((error: unknown) => {
    tar.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  });
  // Whoever takes the bytes hears of an error there; here it must only not go unheard.
  packed.catch(() => undefined);
  filled.catch(() => undefined);
  try {
    for await (const chunk of gzip) yield chunk as Uint8Array;
    await filled;
  } catch (error) {
    await filled;
    throw error;
  } finally {
    tar.destroy();
    gzip.destroy();
  }
}

/** One file after another: the next is read when this one has been taken. */
async function fill(tar: Pack, files: AsyncIterable<SpaceFile>, root: string): Promise<void> {
  for await (const { path, text } of files) {
    if (path.split('/').some((part) => ['', '.', '..'].includes(part)))
      throw new UnreadableObjectError(path, 'it would leave the folder it is unpacked into');
    await new Promise<void>((taken, failed) => {
      tar.entry({ name: `${root}/${path}`, mtime: NO_TIME }, text, (error) => (error ? failed(error) : taken()));
    });
  }
  tar.finalize();
}
