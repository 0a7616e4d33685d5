import { ListObjectsV2Command, type ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { compareBytes, LIST_PAGE, type ListedEntry, type ListOptions } from '@live-mem/core/store';
import { NotS3Error } from './failures.ts';
import type { Requests } from './requests.ts';
import { versionOf } from './versions.ts';

/** Lists a bucket page after page; a page is requested when it is needed. */
export async function* listObjects(
  { send, bucket }: Requests,
  prefix: string,
  { startAfter, delimiter = '', limit = Number.POSITIVE_INFINITY }: ListOptions,
): AsyncGenerator<ListedEntry> {
  let [left, token, group]: [number, string | undefined, string | undefined] = [limit, undefined, undefined];
  while (left > 0) {
    const page: ListObjectsV2CommandOutput = await send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        MaxKeys: Math.min(left, LIST_PAGE),
        ...(delimiter === '' ? {} : { Delimiter: delimiter }),
        ...(token === undefined ? { StartAfter: startAfter || undefined } : { ContinuationToken: token }),
      }),
    );
    // Every listing says it; a page of somebody else's does not.
    if (page.IsTruncated === undefined) throw new NotS3Error('an answer that is no listing');
    for (const entry of entriesOf(page, prefix, delimiter)) {
      // A store that rolls nothing up by this delimiter names each key of a group, and one that does may name a group in two pages.
      if ('prefix' in entry && entry.prefix === group) continue;
      group = 'prefix' in entry ? entry.prefix : group;
      if (left-- <= 0) return;
      yield entry;
    }
    if (!page.IsTruncated) return;
    token = nextToken(page, token);
  }
}

function nextToken({ NextContinuationToken: next }: ListObjectsV2CommandOutput, last: string | undefined): string {
  if (next === undefined || next === last) throw new NotS3Error('a listing that says it goes on, and not where');
  return next;
}

/** Keys and groups come apart; here they are put in one order again. */
function entriesOf(page: ListObjectsV2CommandOutput, prefix: string, delimiter: string): ListedEntry[] {
  const groups = (page.CommonPrefixes ?? []).map(({ Prefix = '' }): ListedEntry => ({ prefix: Prefix }));
  const objects = (page.Contents ?? []).map(({ Key = '', Size = 0, ETag, LastModified }): ListedEntry => {
    const at = delimiter === '' ? -1 : Key.indexOf(delimiter, prefix.length);
    if (at >= 0) return { prefix: Key.slice(0, at + delimiter.length) };
    return { key: Key, size: Size, version: versionOf(ETag), modifiedAt: LastModified?.getTime() ?? 0 };
  });
  if (groups.length === 0) return objects;
  return [...groups, ...objects].toSorted((a, b) => compareBytes(nameOf(a), nameOf(b)));
}

function nameOf(entry: ListedEntry): string {
  return 'key' in entry ? entry.key : entry.prefix;
}
