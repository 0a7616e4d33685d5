import type { StoredBytes } from './double.ts';
import { headerOf, type MessageHead } from './message.ts';
import { type Refusal, refusal } from './refusals.ts';
import type { Settings } from './settings.ts';

/** Why a write does not take place over what is there; undefined where it does. */
export function failedCondition(
  head: MessageHead,
  there: StoredBytes | undefined,
  { ifMatch, ifNoneMatch }: Pick<Settings, 'ifMatch' | 'ifNoneMatch'>,
): Refusal | undefined {
  const absent = headerOf(head, 'if-none-match');
  if (ifNoneMatch && absent !== undefined) {
    if (absent !== '*') return refusal('NotImplemented', 'If-None-Match takes nothing but *.');
    if (there) return failed('If-None-Match');
  }
  const wanted = headerOf(head, 'if-match');
  if (ifMatch === 'none' || wanted === undefined) return undefined;
  if (!there) return refusal('NoSuchKey', 'The specified key does not exist.');
  const etag = ifMatch === 'quoted' ? `"${there.etag}"` : there.etag;
  return wanted === '*' || wanted === etag ? undefined : failed('If-Match');
}

/** Conditions and ranges that the double does not know: it refuses them where it would have to ignore them. */
export function unknownCondition({ headers }: MessageHead): Refusal | undefined {
  const unknown = ['range', 'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'];
  const [found] = unknown.filter((name) => headers[name] !== undefined);
  return found === undefined ? undefined : refusal('NotImplemented', `The double does not know ${found} here.`);
}

function failed(condition: string): Refusal {
  const message = 'At least one of the pre-conditions you specified did not hold.';
  return refusal('PreconditionFailed', message, { Condition: condition });
}
