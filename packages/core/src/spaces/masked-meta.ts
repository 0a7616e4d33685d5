import { z } from 'zod';
import { jsonOrUndefined } from '../json.ts';

const object = z.record(z.string(), z.unknown());
const SECRET = /token|secret|password|passwd|api_?key|credential/i;

/**
 * `_meta.json` as it may leave the memory: without the hash of the token that created the space, and with `***` for whatever else is
 * named like a secret, at any depth. A text that is no JSON object becomes an empty one: what cannot be read cannot be masked.
 */
export function maskedMeta(text: string): string {
  return `${JSON.stringify(masked(object.safeParse(jsonOrUndefined(text)).data ?? {}), null, 2)}\n`;
}

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  const fields = object.safeParse(value).data;
  if (!fields) return value;
  const kept = Object.entries(fields).filter(([name]) => name !== 'creator_token_hash');
  return Object.fromEntries(kept.map(([name, field]) => [name, SECRET.test(name) && field ? '***' : masked(field)]));
}
