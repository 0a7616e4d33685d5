import { z } from 'zod';
import { jsonOrUndefined } from '../json.ts';
import { FRONT_MATTER, noteOrUndefined } from '../notes/note-text.ts';
import type { Mask } from './mask.ts';

const META = '_meta.json';
/** Lines of a note that say when and where it was left: a secret that is part of them is none. */
const FIXED_LINES = /^(?:timestamp|category|space_id|life)\s*:/;
/** The same of `_meta.json`. */
const FIXED_FIELDS: readonly string[] = ['space_id', 'created_at', 'last_consolidation', 'creator_token_hash'];

/**
 * A file of a space without the secret, still as readable as it was: what servers go by stays, such as times and ids.
 * @param path from the space's own folder
 */
export function cleanFile(mask: Mask, path: string, text: string): string {
  if (path === META) return cleanMeta(mask, text);
  return path.startsWith('live/') ? cleanNote(mask, text) : mask.clean(text);
}

/** A stored note without the secret. */
export function cleanNote(mask: Mask, text: string): string {
  if (!mask.finds(text)) return text;
  const [whole, open = '', front = '', close = ''] = FRONT_MATTER.exec(text) ?? [];
  if (whole === undefined) return mask.clean(text);
  const rest = close + text.slice(whole.length);
  const withLines = (rewrite: (line: string, mask: Mask) => string): string => {
    const lines = front.split('\n').map((line) => rewrite(line, mask));
    return `${open}${lines.join('\n')}${mask.clean(rest)}`;
  };
  const cleaned = withLines(cleanLine);
  // YAML without quotes takes a star for a reference.
  return noteOrUndefined('', cleaned) || !noteOrUndefined('', text) ? cleaned : withLines(cleanQuotedLine);
}

function cleanLine(line: string, { clean }: Mask): string {
  const { lead, value, end } = partsOf(line);
  return lead + clean(value) + end;
}

function cleanQuotedLine(line: string, { clean }: Mask): string {
  const { lead, value, end } = partsOf(line);
  const cleaned = clean(value);
  return cleaned === value ? line : lead + JSON.stringify(cleaned.replace(/^\[(.*)\]$/, '$1')) + end;
}

/** A line of front matter: `value` is what may hold a secret. */
function partsOf(line: string): { readonly lead: string; readonly value: string; readonly end: string } {
  if (FIXED_LINES.test(line)) return { lead: line, value: '', end: '' };
  const [, lead = '', value = line, end = ''] = /^(\s*(?:-\s+|[\w-]+\s*:\s*)?)(.*?)(\r?)$/.exec(line) ?? [];
  return { lead, value, end };
}

/** Values, at any depth; the names of fields stay. What is no JSON is taken as text. */
function cleanMeta(mask: Mask, text: string): string {
  const json = jsonOrUndefined(text);
  if (json === undefined) return mask.clean(text);
  const cleaned = cleanJson(mask, json);
  return JSON.stringify(cleaned) === JSON.stringify(json) ? text : `${JSON.stringify(cleaned, null, 2)}\n`;
}

const object = z.record(z.string(), z.unknown());

function cleanJson(mask: Mask, value: unknown): unknown {
  if (typeof value === 'string') return mask.clean(value);
  if (Array.isArray(value)) return value.map((one) => cleanJson(mask, one));
  const fields = object.safeParse(value).data;
  if (!fields) return value;
  const cleaned = Object.entries(fields).map(([name, field]) => {
    return [name, FIXED_FIELDS.includes(name) ? field : cleanJson(mask, field)] as const;
  });
  return Object.fromEntries(cleaned);
}

/** Whether a stored object holds the secret, be it as text or in the values of its JSON. */
export function holdsSecret(mask: Mask, key: string, body: string): boolean {
  const json = key.endsWith('.json') ? jsonOrUndefined(body) : undefined;
  return json === undefined ? mask.finds(body) : stringsOf(json).some(mask.finds);
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  const fields = object.safeParse(value).data ?? {};
  return Object.entries(fields).flatMap(([name, field]) => [name, ...stringsOf(field)]);
}
