import { headerOf, type MessageHead } from './message.ts';
import { type Refusal, refusal } from './refusals.ts';
import type { Settings } from './settings.ts';

/** The key that a copy is made of, or why it cannot be told. */
export function copySource(head: MessageHead, { bucket }: Pick<Settings, 'bucket'>): string | Refusal {
  const written = headerOf(head, 'x-amz-copy-source') ?? '';
  if (written.includes('?') || Object.keys(head.headers).some((name) => name.startsWith('x-amz-copy-source-'))) {
    return refusal('NotImplemented', 'The double copies neither versions nor under conditions.');
  }
  // Stores disagree on a bare plus: some take it for a space.
  const decoded = written.includes('+') ? undefined : decodedOf(written);
  const [, from, key] = /^\/?([^/]+)\/(.+)$/s.exec(decoded ?? '') ?? [];
  if (from === undefined || key === undefined) {
    return refusal('InvalidArgument', 'Copy Source must mention the source bucket and key, URL-encoded.');
  }
  return from === bucket ? key : refusal('NoSuchBucket', 'The specified bucket does not exist', { BucketName: from });
}

function decodedOf(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
