import { checkObjectKey, type ObjectKey, StoreRefusedError } from '@live-mem/core/store';

// XML 1.0, in which listings come, has no way to write these.
const unlistable = /[\p{Cc}\ufffe\uffff]/u;

/**
 * What S3 asks of a key that is written, besides what every store does. Those that others wrote may be read and deleted.
 * @throws {@link InvalidInputError} it is no key
 * @throws {@link StoreRefusedError} it holds a control character: it could be stored, and not be listed everywhere
 * @see https://www.w3.org/TR/xml/#charsets
 */
export function checkNewKey(key: ObjectKey): void {
  checkObjectKey(key);
  if (unlistable.test(key)) {
    const name = JSON.stringify(key.slice(0, 80));
    throw new StoreRefusedError(
      `a name with control characters is not kept in S3, where a listing may not show it: ${name}`,
    );
  }
}
