import type { S3Client } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';

/** The way to one bucket. */
export interface Requests {
  readonly bucket: string;
  /** One request and its answer, read to its end; what failed and may be repeated was. */
  readonly send: S3Client['send'];
}

/** Requests under way at once, whoever makes them: as many as there are connections, since waiting for one counts as connecting. */
const AT_ONCE = 64;

/** Requests of a client to a bucket. */
export function createRequests(client: S3Client, bucket: string): Requests {
  const gate = pLimit(AT_ONCE);
  const send = (command: Parameters<S3Client['send']>[0]): Promise<unknown> => gate(() => client.send(command));
  return { bucket, send: send as S3Client['send'] };
}
