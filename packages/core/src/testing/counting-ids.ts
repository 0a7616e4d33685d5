import type { NewId } from '../ports/ids.ts';

/**
 * Ids that count: `00000001`, `00000002`, … of 8 hexadecimal digits.
 * @param prefix hexadecimal digits every id starts with, to tell several sources apart; at most 7
 */
export function createCountingIds(prefix = ''): NewId {
  if (!/^[0-9a-f]{0,7}$/.test(prefix)) throw new RangeError(`not a hexadecimal prefix: ${prefix}`);
  let drawn = 0;
  return () => {
    drawn += 1;
    return prefix + drawn.toString(16).padStart(8 - prefix.length, '0');
  };
}
