import { checkObjectKey, type ObjectKey, StoreRefusedError } from '@live-mem/core/store';

// XML 1.0, in which listings come, has no way to write these.
const unlistable = /[\p{Cc}\ufffe\uffff]/u;

/**
 * What S3 asks of a key besides what every store does.
 * @throws {@link InvalidInputError} it is no key
 * @throws {@link StoreRefusedError} it holds a control character: it could be stored, but not be listed
 * @see https://www.w3.org/TR/xml/#charsets
 */
export function checkKey(key: ObjectKey): void {
  checkObjectKey(key);
  if (unlistable.test(key)) {
    throw new StoreRefusedError('a name with control characters cannot be kept in S3: listings could not show it');
  }
}
