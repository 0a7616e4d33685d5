import { z } from 'zod';

/**
 * A note as it is stored in another life or space: its front matter names those, all else stays byte for byte. Without front matter it
 * stays as it is.
 */
export function noteOfLife(text: string, { life, space }: { readonly life: string; readonly space: string }): string {
  const [whole, opening = '', front = '', closing = ''] =
    /^(\uFEFF?---\r?\n)([\s\S]*?)(\r?\n---[ \t]*(?:\r?\n|$))/.exec(text) ?? [];
  if (whole === undefined) return text;
  const lineEnd = closing.startsWith('\r') ? '\r\n' : '\n';
  const kept = front.split(/\r?\n/).filter((line) => !/^(?:life|space_id)[ \t]*:/.test(line));
  const lines = [...kept, `space_id: ${JSON.stringify(space)}`, `life: ${JSON.stringify(life)}`];
  return opening + lines.join(lineEnd) + closing + text.slice(whole.length);
}

/** What `_meta.json` says of a restored space itself. Field names are the stored ones. */
export interface OwnMeta {
  readonly space_id: string;
  readonly created_at: string;
  readonly creator_token_hash?: string;
}

/** `_meta.json` of a restored space: it has its own id and creator; what other programs keep in it stays. Undefined: it is no JSON object. */
export function metaOfSpace(text: string, own: OwnMeta): string | undefined {
  const fields = z.record(z.string(), z.unknown()).safeParse(parsed(text)).data;
  if (!fields) return undefined;
  const kept = Object.entries(fields).filter(([name]) => name !== 'creator_token_hash');
  return `${JSON.stringify({ ...Object.fromEntries(kept), ...own }, null, 2)}\n`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
