import { HeadBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { HttpResponse } from '@smithy/core/protocols';
import { NotS3Error, statusOf } from './failures.ts';
import type { Requests } from './requests.ts';

/**
 * The store's time, in milliseconds since the Unix epoch, to the second. 1 HEAD; where that is refused, 1 LIST more: an answer to
 * HEAD has no body that could say why.
 */
export async function timeOfStore(requests: Requests): Promise<number> {
  const { send, bucket } = requests;
  const command = new HeadBucketCommand({ Bucket: bucket });
  let date: string | undefined;
  command.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      if (HttpResponse.isInstance(answer.response)) date = answer.response.headers['date'];
      return answer;
    },
    { name: 'dateOfAnswer', step: 'deserialize', priority: 'low' },
  );
  await send(command).catch(async (error: unknown) => {
    if (statusOf(error) !== undefined) await send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 }));
    throw error;
  });
  const time = Date.parse(date ?? '');
  if (Number.isNaN(time)) throw new NotS3Error('an answer without a date');
  return time;
}
