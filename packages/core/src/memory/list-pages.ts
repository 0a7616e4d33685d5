import { compareBytes } from '../ports/byte-order.ts';
import { LIST_PAGE, type ListedEntry, type ListedObject, type ListOptions } from '../ports/object-store.ts';
import type { SortedKeys } from './sorted-keys.ts';

/** One page, and after which text the next one goes on; undefined where nothing is left. */
interface Page {
  readonly entries: readonly ListedEntry[];
  readonly next: Cursor | undefined;
}

/** `rolledUp`: the page ended with a group, and none of its keys is listed again. */
interface Cursor {
  readonly after: string;
  readonly rolledUp?: string | undefined;
}

/** Lists page by page: each page shows the keys there are when it is asked for, as on S3. */
export async function* listPages(
  keys: SortedKeys,
  prefix: string,
  { startAfter = '', delimiter = '', limit = Number.POSITIVE_INFINITY }: ListOptions,
  look: (key: string) => ListedObject | undefined,
): AsyncGenerator<ListedEntry> {
  let cursor: Cursor | undefined = { after: startAfter };
  for (let left = limit; cursor && left > 0; ) {
    const page: Page = onePage(keys, prefix, { delimiter, size: Math.min(left, LIST_PAGE) }, cursor, look);
    yield* page.entries;
    left -= page.entries.length;
    cursor = page.next;
  }
}

function onePage(
  keys: SortedKeys,
  prefix: string,
  { delimiter, size }: { readonly delimiter: string; readonly size: number },
  { after, rolledUp }: Cursor,
  look: (key: string) => ListedObject | undefined,
): Page {
  const entries: ListedEntry[] = [];
  let [group, last] = [rolledUp, after];
  for (const key of keys.from(prefix, after)) {
    if (group !== undefined && key.startsWith(group)) continue;
    if (entries.length === size) return { entries, next: { after: last, rolledUp: group } };
    group = groupOf(key, prefix, delimiter);
    const entry = group === undefined ? look(key) : { prefix: group };
    // S3 leaves out a group that does not come after `startAfter`, even where some of its keys do.
    if (entry && (group === undefined || compareBytes(group, after) > 0)) entries.push(entry);
    last = key;
  }
  return { entries, next: undefined };
}

function groupOf(key: string, prefix: string, delimiter: string): string | undefined {
  const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}
