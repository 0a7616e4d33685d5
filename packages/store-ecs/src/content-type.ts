import type { ObjectKey } from '@live-mem/core/store';

const types: Readonly<Record<string, string>> = {
  md: 'text/markdown; charset=utf-8',
  json: 'application/json',
};

/** How an object is shown by whoever looks into the bucket: by the end of its key. */
export function contentTypeOf(key: ObjectKey): string {
  const ending = key.slice(key.lastIndexOf('.') + 1);
  return types[ending] ?? 'text/plain; charset=utf-8';
}
