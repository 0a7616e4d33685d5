import type { Version } from '@live-mem/core/store';
import { NotS3Error } from './failures.ts';

/**
 * The ETag, without the quotes that some servers leave out.
 * @throws {@link NotS3Error} there is none: an answer of S3 always has it
 */
export function versionOf(tag: string | undefined): Version {
  if (tag === undefined || tag === '') throw new NotS3Error('an answer without an ETag');
  return tag.replaceAll('"', '');
}
