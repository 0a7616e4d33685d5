import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { HttpResponse } from '@smithy/core/protocols';
import { NotS3Error } from './failures.ts';

/**
 * Makes the client read an answer to its end before it counts as one. The SDK hands out a stream as soon as the headers are
 * there, and what breaks after that is no longer tried again.
 */
export function readBodiesWhole(client: S3Client): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const { response } = answer;
      if (HttpResponse.isInstance(response) && isPage(response)) throw new NotS3Error('a page in place of an answer');
      if (HttpResponse.isInstance(response) && response.body instanceof Readable) {
        const chunks: unknown[] = [];
        for await (const chunk of response.body) chunks.push(chunk);
        response.body = Readable.from(chunks, { objectMode: false });
      }
      return answer;
    },
    { name: 'readBodiesWhole', step: 'deserialize', priority: 'low' },
  );
}

/** What a proxy or a portal says in place of the store, and calls it well. An object of that type has an ETag. */
function isPage({ statusCode, headers }: HttpResponse): boolean {
  return statusCode < 300 && !('etag' in headers) && /text\/html/i.test(headers['content-type'] ?? '');
}
