import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const encoder = new TextEncoder();

/** Bytes that a text takes as UTF-8. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

/** Bytes that a text takes as a JSON string: quotes, line ends and control characters take more than one. */
export function storedLength(text: string): number {
  return utf8Length(JSON.stringify(text));
}

/** SHA-256 of a text as UTF-8, 64 lower-case hexadecimal digits. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(encoder.encode(text)));
}

/** Unicode code points, as limits on texts count them. */
export function codePoints(text: string): number {
  let count = text.length;
  for (const pair of text.matchAll(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)) count -= pair.length;
  return count;
}
